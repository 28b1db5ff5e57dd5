import { startThrowAway } from '@forge/database';
import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs `use` on an empty PostgreSQL of its own, which is gone afterwards, also when a signal ends the process. */
export async function onThrowAwayServer<T>(use: (url: string) => Promise<T>): Promise<T> {
  const starting = startThrowAway();
  const exit = (signal: NodeJS.Signals) => {
    void starting.then((server) => server.stop()).finally(() => process.exit(128 + constants.signals[signal]));
  };
  for (const signal of signals) process.on(signal, exit);
  try {
    const server = await starting;
    try {
      return await use(server.url);
    } finally {
      await server.stop();
    }
  } finally {
    for (const signal of signals) process.off(signal, exit);
  }
}

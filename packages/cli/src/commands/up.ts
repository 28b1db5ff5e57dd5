import { seedIfEmpty } from '@forge/demo-data';
import { readGatewayConfig } from '@forge/gateway';
import { Command } from 'commander';
import { pino } from 'pino';
import type { Forge } from '../forge.ts';
import { createFront, openPlatform, startSubgraphs } from '../platform.ts';

/** `forge up`, which is `npm start`: everything in this process, on an embedded PostgreSQL unless a URL says otherwise. */
export function upCommand(forge: Forge): Command {
  return new Command('up')
    .description('start the database, the subgraphs and the gateway in one process')
    .option('--port <port>', 'where the gateway listens, in place of PORT')
    .option('--no-seed', 'leave an empty database empty')
    .action(async ({ port, seed }: { port?: string; seed: boolean }) => {
      // From the first moment on, so that a signal while things start stops them in order too.
      const asked = signalled('SIGINT', 'SIGTERM', 'SIGHUP');
      const started: (() => Promise<unknown>)[] = [];
      try {
        await up({ ...forge, env: { ...forge.env, ...(port && { PORT: port }) } }, { seed, asked, started });
        await new Promise((resolve) => asked.addEventListener('abort', resolve));
      } catch (error) {
        if (!asked.aborted) throw error;
      } finally {
        for (const stop of started.reverse()) await stop();
      }
    });
}

interface Start {
  readonly seed: boolean;
  /** Aborted when the process is asked to stop. */
  readonly asked: AbortSignal;
  /** Is given how to stop each thing once it runs. */
  readonly started: (() => Promise<unknown>)[];
}

async function up(forge: Forge, { seed, asked, started }: Start): Promise<void> {
  const { host, port, ...config } = readGatewayConfig(forge.env);
  const logger = pino({ level: 'warn' });
  const { database, urls } = await openPlatform(forge, console.log);
  started.push(() => database.stop());
  asked.throwIfAborted();
  if (seed) await seedIfEmpty({ urls, onProgress: console.log, signal: asked });

  const subgraphs = await startSubgraphs(urls, logger);
  started.push(() => Promise.all(subgraphs.map((subgraph) => subgraph.close())));
  asked.throwIfAborted();

  const gateway = await createFront(forge, subgraphs, { ...config, logger });
  started.push(() => gateway.close());
  console.log(`Forge Graph is ready: ${await gateway.listen({ host, port })}/graphql`);
  asked.throwIfAborted();
}

function signalled(...signals: NodeJS.Signals[]): AbortSignal {
  const asked = new AbortController();
  // Not once: a second Ctrl-C must not cut the orderly end short.
  for (const signal of signals) process.on(signal, () => asked.abort());
  return asked.signal;
}

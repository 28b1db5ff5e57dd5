import { OperatorError } from '@forge/config';
import { Command, InvalidArgumentError } from 'commander';
import type { Forge } from '../forge.ts';
import { openPlatform } from '../platform.ts';
import { verify } from '../verify/verify.ts';

/** `forge verify`: whether every figure is what the calls and the ledgers behind it come to. */
export function verifyCommand(forge: Forge): Command {
  return new Command('verify')
    .description('work out every aggregate, run total and budget anew, and print each difference; changes nothing')
    .option('--wait <seconds>', 'how long to wait for events that are on their way', seconds, 60)
    .action(async ({ wait }: { wait: number }) => {
      const asked = new AbortController();
      // Without a listener a signal would end this process alone, and leave the server.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort(new OperatorError('It was stopped before it had looked at everything.')));
      const { database, urls } = await openPlatform(forge, console.log);
      try {
        const { differenceCount } = await verify({ urls, waitSeconds: wait, say: console.log, asked: asked.signal });
        if (differenceCount > 0) process.exitCode = 1;
      } finally {
        await database.stop();
      }
    });
}

function seconds(text: string): number {
  const number = Number(text);
  if (text === '' || !(number >= 0)) throw new InvalidArgumentError('Give a number of seconds, 0 or more.');
  return number;
}

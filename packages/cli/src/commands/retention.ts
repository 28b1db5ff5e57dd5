import { OperatorError } from '@forge/config';
import { withSecretKeys } from '@forge/database';
import type { Subgraph } from '@forge/subgraph-kit';
import { Command } from 'commander';
import { pino } from 'pino';
import type { Forge } from '../forge.ts';
import { openPlatform, startSubgraphs } from '../platform.ts';
import { table } from '../table.ts';
import { timeArgument } from '../time-argument.ts';

interface Options {
  readonly at: Date;
  readonly dryRun: boolean;
}

/** `forge retention`: what every domain forgets by itself, at a time of one's choice. */
export function retentionCommand(forge: Forge): Command {
  return new Command('retention')
    .description('remove what is too old to be kept, in every domain, as the jobs of each do by themselves')
    .option('--at <time>', 'as if it were this time, such as 2027-01-01T00:00Z', timeArgument)
    .option('--dry-run', 'say what would go, and remove nothing', false)
    .action(async ({ at = new Date(), dryRun }: Partial<Options> & { dryRun: boolean }) => {
      const asked = new AbortController();
      // Without a listener a signal would end this process alone, and leave the server.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort(new OperatorError('It was stopped before it had looked at everything.')));
      const { database, urls } = await openPlatform(forge, console.log);
      try {
        const subgraphs = await startSubgraphs(urls, { logger: pino({ level: 'warn' }), env: withSecretKeys(forge.env, forge.projectDir), jobs: false });
        try {
          await retain(subgraphs, { at, dryRun }, console.log, asked.signal);
        } finally {
          for (const subgraph of subgraphs) await subgraph.close();
        }
      } finally {
        await database.stop();
      }
    });
}

/** Says what is too old at `at`, by domain, kind and organisation, and removes it unless it is a dry run. */
export async function retain(subgraphs: readonly Pick<Subgraph, 'name' | 'retention'>[], { at, dryRun }: Options, say: (line: string) => void, asked: AbortSignal): Promise<void> {
  const rows: (string | number)[][] = [];
  let [sum, duration] = [0, 0];
  for (const { domain, kept } of subgraphs.flatMap(({ name, retention }) => retention.map((kept) => ({ domain: name, kept })))) {
    if (asked.aborted) break;
    const started = performance.now();
    const gone = await (dryRun ? kept.count(at) : kept.remove(at, asked));
    const milliseconds = performance.now() - started;
    const count = gone.reduce((total, each) => total + each.rows, 0);
    for (const { orgId, rows: ofIt } of gone) rows.push([domain, kept.name, orgId, ofIt, '']);
    if (count > 0) rows.push([domain, kept.name, 'all', count, took(milliseconds)]);
    [sum, duration] = [sum + count, duration + milliseconds];
  }
  const what = `${sum.toLocaleString('en')} ${sum === 1 ? 'row' : 'rows'}`;
  say(dryRun ? `${what} would go at ${at.toISOString()}.` : `${what} went, as of ${at.toISOString()}, in ${took(duration)}.`);
  if (sum > 0) for (const line of table(['domain', 'what', 'organisation', 'rows', ...(dryRun ? [] : ['took'])], rows)) say(line);
  asked.throwIfAborted();
}

function took(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.ceil(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

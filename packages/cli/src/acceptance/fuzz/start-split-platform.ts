import { openDomain, startDatabase, startThrowAway } from '@forge/database';
import { join } from 'node:path';
import { listDomains } from '../../domains.ts';
import { runSplit } from '../split-platform.ts';
import type { Answer, TestPlatform } from '../test-platform.ts';

/** What is made up at random gives every field an alias. */
export const mostAliases = 1_000;

const projectDir = join(import.meta.dirname, '../../../../..');

/** The gateway and all subgraphs as processes of their own, on a PostgreSQL of their own that `fill` has filled. */
export async function startSplitPlatform(fill: (urls: ReadonlyMap<string, string>) => Promise<unknown>): Promise<Pick<TestPlatform, 'ask' | 'close'>> {
  const server = await startThrowAway();
  const domains = listDomains(projectDir);
  const database = await startDatabase({ env: { DATABASE_URL: server.url }, projectDir, domains });
  const urls = new Map<string, string>();
  for (const domain of domains) urls.set(domain, await openDomain(database, { domain, projectDir, onProgress: () => undefined }));
  await fill(urls);

  // What others do meanwhile would be a difference too.
  const split = runSplit(server.url, ['--no-seed'], { FORGE_JOBS: 'off', FORGE_MAX_ALIASES: String(mostAliases) });
  await split.said(/Forge Graph is ready/);
  return {
    async ask<T>(query: string, variables: object = {}): Promise<Answer<T>> {
      const response = await fetch(split.endpoint(), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
      return (await response.json()) as Answer<T>;
    },
    async close() {
      split.signal('SIGTERM');
      await split.ended;
      await server.stop();
    },
  };
}

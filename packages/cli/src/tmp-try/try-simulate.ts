import { demoPrincipal } from '@forge/auth';
import { startThrowAway, withSecretKeys } from '@forge/database';
import { seedIfEmpty } from '@forge/demo-data';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { createFront, inProcess, openPlatform, startSubgraphs } from '../platform.ts';
import { simulate } from '../simulate/simulate.ts';
import { verify } from '../verify/verify.ts';
const projectDir = join(import.meta.dirname, '../../../..');
const { values } = parseArgs({ options: { runs: { type: 'string', default: '10' }, speed: { type: 'string', default: '100' }, drop: { type: 'string', default: '0' }, budget: { type: 'boolean', default: true }, seedRuns: { type: 'string', default: '20' }, timeout: { type: 'string', default: '60' } } , allowNegative: true});
const server = await startThrowAway();
try {
  const { urls } = await openPlatform({ projectDir, env: { DATABASE_URL: server.url } }, () => undefined);
  await seedIfEmpty({ urls, runs: Number(values.seedRuns) });
  const logger = pino({ level: 'warn' });
  const subgraphs = await startSubgraphs(urls, { logger, env: { FORGE_SECRET_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}` } });
  const gateway = await createFront({ projectDir }, inProcess(subgraphs), { authenticate: async () => demoPrincipal, logger });
  const url = `${await gateway.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  const ask = async (query: string, variables: object = {}) => (await (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) })).json());
  if (values.budget) {
    const { data } = await ask('{ budgets(first: 100) { nodes { id } } }') as any;
    for (const { id } of data.budgets.nodes) { const a = await ask('mutation ($input: UpdateBudgetInput!) { updateBudget(input: $input) { userErrors { message } } }', { input: { id, amountCents: '100000000' } }) as any; if (a.errors || a.data.updateBudget.userErrors.length) console.log(JSON.stringify(a)); }
  }
  const asked = new AbortController();
  process.on('SIGINT', () => asked.abort());
  const t = performance.now();
  await simulate({ url, runtimes: 4, speed: Number(values.speed), runs: Number(values.runs), seed: 1, fail: 0.05, drop: Number(values.drop), people: true, timeoutSeconds: Number(values.timeout), say: console.log, asked: asked.signal });
  console.log(((performance.now() - t) / 1000).toFixed(1), 's');
  await verify({ urls, waitSeconds: 20, say: console.log });
  await gateway.close();
  await Promise.all(subgraphs.map((s) => s.close()));
} finally {
  await server.stop();
}

import { readyAddressIn } from '@forge/process';
import { startTracing, traced, traceHeaders } from '@forge/telemetry';
import { createDatabaseWith, startTraceCollector } from '@forge/testing';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pino } from 'pino';

test('what a subgraph in another process does for a fetch is under that fetch, down to the statements, without their values', async () => {
  const [collector, database] = await Promise.all([startTraceCollector(), createDatabaseWith('SELECT 1')]);
  const subgraph = fork(join(import.meta.dirname, 'fixture/sleepy-program.ts'), [database.url, collector.endpoint], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [ready] = (await once(subgraph, 'message')) as [unknown];
  const ask = (query: string) => fetch(`${readyAddressIn(ready) ?? ''}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...traceHeaders() }, body: JSON.stringify({ query }) });

  const tracing = await startTracing({ serviceName: 'forge-gateway', endpoint: collector.endpoint, logger: pino({ level: 'silent' }) });
  await traced('graphql query', {}, async () => {
    await traced('fetch sleepy', {}, () => ask('query Rest { nap(seconds: 0.00123, times: 2) }'), { kind: 'client' });
    await traced('fetch sleepy', {}, () => ask('mutation { nap(seconds: 0) missing }'), { kind: 'client' });
  });
  await tracing.stop();
  await ask('{ nap(seconds: 0) }');
  subgraph.kill('SIGTERM');
  await once(subgraph, 'exit');
  await Promise.all([collector.close(), database.drop()]);

  const { spans, tree } = collector;
  const root = spans.find(({ name }) => name === 'graphql query');
  expect(root && tree(root)).toEqual(['graphql query', ['fetch sleepy', ['execute', ['sql'], ['sql']]], ['fetch sleepy', ['execute']]]);
  const [first, second] = spans.filter(({ name, traceId }) => name === 'execute' && traceId === root?.traceId);
  expect(first).toMatchObject({ service: 'sleepy', failed: false, attributes: { 'forge.subgraph': 'sleepy', 'graphql.operation.type': 'query', 'graphql.operation.name': 'Rest' } });
  expect(second).toMatchObject({ failed: true, attributes: { 'error.type': 'graphql' } });
  expect(spans.find(({ name }) => name === 'sql')?.attributes).toEqual({
    'db.system.name': 'postgresql', 'db.namespace': new URL(database.url).pathname.slice(1), 'db.query.text': 'SELECT pg_sleep($1)', 'forge.subgraph': 'sleepy',
  });
  expect(JSON.stringify(spans)).not.toContain('0.00123');
  // Who brings no trace begins one.
  expect(spans.filter(({ name, parentSpanId }) => name === 'execute' && parentSpanId === undefined)).toHaveLength(1);
});

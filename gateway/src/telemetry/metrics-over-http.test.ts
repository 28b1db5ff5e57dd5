import { createRegistry, startMetricsServer } from '@forge/telemetry';
import { pino } from 'pino';
import { startFixture } from '../fixture/start.ts';

test('after some requests the metrics say how many there were, how they ended, and what was asked of whom', async () => {
  const registry = createRegistry();
  const fixture = await startFixture('HTTP', { registry });
  const server = await startMetricsServer({ registry, port: 0, logger: pino({ level: 'silent' }) });

  await fixture.post('{ workers { id } tasks { id } }');
  await fixture.post('{ workers { id } tasks { id } }');
  await fixture.post('{ broken workers { id } }');
  await fixture.post('mutation { renameWorker(id: "wrk_01h455vb4pex5vsknk00000001", name: "Ada") { name } }');
  await fixture.post('{ nonsense }');
  await fixture.post('{ workers { id } }', { headers: { authorization: 'Bearer x' } });
  await fetch(`${fixture.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });

  const text = await (await fetch(server.url)).text();
  const value = (series: string) => Number(new RegExp(`^forge_gateway_${series.replace(/[{}]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);
  expect(Object.fromEntries([
    'operations_total{type="query",outcome="ok"}', 'operations_total{type="query",outcome="partial"}', 'operations_total{type="mutation",outcome="ok"}', 'operations_total{type="unknown",outcome="refused"}',
    'refused_total{reason="invalid"}', 'refused_total{reason="auth"}', 'operations_in_flight',
    'fetch_seconds_count{subgraph="workers",outcome="ok"}', 'fetch_seconds_count{subgraph="workers",outcome="errors"}', 'fetch_seconds_count{subgraph="tasks",outcome="ok"}',
    'plans_total{result="hit"}', 'plans_total{result="miss"}', 'plan_cache_size', 'operation_seconds_count{type="query",outcome="ok",document=""}',
  ].map((series) => [series, value(series)]))).toEqual({
    'operations_total{type="query",outcome="ok"}': 2, 'operations_total{type="query",outcome="partial"}': 1, 'operations_total{type="mutation",outcome="ok"}': 1, 'operations_total{type="unknown",outcome="refused"}': 2,
    'refused_total{reason="invalid"}': 2, 'refused_total{reason="auth"}': 1, 'operations_in_flight': 0,
    'fetch_seconds_count{subgraph="workers",outcome="ok"}': 3, 'fetch_seconds_count{subgraph="workers",outcome="errors"}': 1, 'fetch_seconds_count{subgraph="tasks",outcome="ok"}': 2,
    'plans_total{result="hit"}': 1, 'plans_total{result="miss"}': 3, 'plan_cache_size': 3, 'operation_seconds_count{type="query",outcome="ok",document=""}': 2,
  });
  await Promise.all([fixture.close(), server.close()]);
});

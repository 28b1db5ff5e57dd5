import { createRegistry } from '@forge/telemetry';
import { documentLabels } from './document-labels.ts';
import { createGatewayMetrics } from './prometheus-metrics.ts';
import { timedPlanner } from './timed-planner.ts';

const started = () => {
  const registry = createRegistry();
  return { metrics: createGatewayMetrics(registry), text: () => registry.metrics() };
};

test('fetches are counted by subgraph and outcome, a second attempt as a retry', async () => {
  const { metrics, text } = started();
  metrics.fetched({ subgraph: 'chat', kind: 'query', outcome: 'ok', seconds: 0.02, attempts: 3 });
  metrics.fetched({ subgraph: 'chat', kind: 'query', outcome: 'rejected', seconds: 0, attempts: 0 });
  expect(await text()).toContain('forge_gateway_fetch_seconds_count{subgraph="chat",outcome="ok"} 1');
  expect(await text()).toContain('forge_gateway_fetch_seconds_count{subgraph="chat",outcome="rejected"} 1');
  expect(await text()).toContain('forge_gateway_fetch_retries_total{subgraph="chat"} 2');
});

test('breakers, queues and slots of each subgraph are read when somebody looks', async () => {
  const { metrics, text } = started();
  let state: 'closed' | 'half-open' | 'open' = 'closed';
  metrics.opened({ subgraph: 'chat', inFlight: () => 4, queued: () => 2, breaker: () => state });
  expect(await text()).toContain('forge_gateway_breaker_state{subgraph="chat"} 0');
  state = 'open';
  metrics.breakerChanged({ subgraph: 'chat', state });
  const seen = await text();
  for (const line of ['breaker_state{subgraph="chat"} 2', 'breaker_changes_total{subgraph="chat",state="open"} 1', 'fetches_in_flight{subgraph="chat"} 4', 'fetches_queued{subgraph="chat"} 2']) expect(seen).toContain(`forge_gateway_${line}`);
});

test('counts of plans go on when another supergraph is put to use', async () => {
  const { metrics, text } = started();
  metrics.released({ id: 'a', plans: { counts: { hits: 10, misses: 2, joined: 1 }, size: 2 } });
  expect(await text()).toContain('forge_gateway_supergraph_swaps_total 0');
  const counts = { hits: 0, misses: 0, joined: 0 };
  metrics.released({ id: 'b', plans: { counts, size: 7 } });
  counts.hits = 5;
  const seen = await text();
  for (const line of ['plans_total{result="hit"} 15', 'plans_total{result="miss"} 2', 'plan_cache_size 7', 'supergraph_swaps_total 1', 'supergraph_info{id="b"} 1']) expect(seen).toContain(`forge_gateway_${line}`);
  expect(seen).not.toContain('supergraph_info{id="a"}');
});

test('the planner\'s time is taken down, in vain or not', async () => {
  const { metrics, text } = started();
  const planner = timedPlanner({ plan: (operation) => (operation === 'bad' ? Promise.reject(new Error('no plan')) : Promise.resolve({ kind: 'QueryPlan' })) }, metrics);
  await planner.plan('good');
  await expect(planner.plan('bad')).rejects.toThrow('no plan');
  expect(await text()).toContain('forge_gateway_plan_seconds_count 2');
});

test('there are no more labels than an operator may have meant', () => {
  const labelOf = documentLabels(2);
  expect(['a', 'b', 'c', 'a', 'd', undefined].map(labelOf)).toEqual(['a', 'b', 'other', 'a', 'other', 'other']);
});

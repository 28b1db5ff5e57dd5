import { seedIfEmpty } from '@forge/demo-data';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';

let platform: TestPlatform;
beforeAll(async () => (platform = await startTestPlatform((urls) => seedIfEmpty({ urls, now: new Date('2026-11-23T10:00:00Z') }))), 180_000);
afterAll(() => platform.close());

interface Price { modelId: string; gatewayId: string | null; inputPrice: string; outputPrice: string; cachedInputPrice: string | null; effectiveFrom: string; effectiveTo: string | null }
interface Event { id: string; runId: string; modelId: string; gatewayId: string; inputTokens: number; outputTokens: number; cachedInputTokens: number; costCents: string; occurredAt: string }
interface Run { id: string; parentRunId: string | null; totalCostCents: string }
type Connection<T> = Record<string, { nodes: T[]; pageInfo: { endCursor: string; hasNextPage: boolean } }>;

async function all<T>(field: string, fields: string): Promise<T[]> {
  const read: T[] = [];
  for (let after: string | undefined; ;) {
    const { [field]: page } = await platform.data<Connection<T>>(`query ($after: String) { ${field}(first: 100, after: $after) { nodes { ${fields} } pageInfo { endCursor hasNextPage } } }`, { after });
    read.push(...(page?.nodes ?? []));
    if (!page?.pageInfo.hasNextPage) return read;
    after = page.pageInfo.endCursor;
  }
}

/** A decimal as a whole number of its `places`-th decimal place. */
function scaled(decimal: string, places: number): bigint {
  const [whole = '', fraction = ''] = decimal.split('.');
  if (fraction.length > places) throw new Error(`${decimal} has more than ${places} places`);
  return BigInt(whole + fraction.padEnd(places, '0'));
}

test('every call of every run costs what the price list says, and every run what its calls and its children\'s cost, to the last decimal', async () => {
  const prices = await all<Price>('modelPrices', 'modelId gatewayId inputPrice outputPrice cachedInputPrice effectiveFrom effectiveTo');
  const events = await all<Event>('tokenEvents', 'id runId modelId gatewayId inputTokens outputTokens cachedInputTokens costCents occurredAt');
  const runs = await all<Run>('workflowRuns', 'id parentRunId totalCostCents');
  expect([runs.length, events.length > 90_000, prices.length > 14]).toEqual([2_000, true, true]);

  // Ten decimal places of a cent: a price has six of a dollar, for a million tokens.
  const costs = new Map<string, bigint>();
  const wrong = events.filter((event) => {
    const inForce = prices.filter((price) => price.modelId === event.modelId && price.effectiveFrom <= event.occurredAt && (price.effectiveTo === null || event.occurredAt < price.effectiveTo));
    const own = inForce.filter(({ gatewayId }) => gatewayId === event.gatewayId);
    const [price, ...others] = own.length > 0 ? own : inForce.filter(({ gatewayId }) => gatewayId === null);
    if (!price || others.length > 0) throw new Error(`${event.id} has no one price`);
    const cost = BigInt(event.inputTokens - event.cachedInputTokens) * scaled(price.inputPrice, 6)
      + BigInt(event.cachedInputTokens) * scaled(price.cachedInputPrice ?? price.inputPrice, 6) + BigInt(event.outputTokens) * scaled(price.outputPrice, 6);
    costs.set(event.runId, (costs.get(event.runId) ?? 0n) + cost);
    return cost !== scaled(event.costCents, 10);
  });
  expect(wrong).toEqual([]);

  const children = Map.groupBy(runs, ({ parentRunId }) => parentRunId);
  for (const run of runs) {
    const expected = [run, ...(children.get(run.id) ?? [])].reduce((sum, { id }) => sum + (costs.get(id) ?? 0n), 0n);
    expect({ run: run.id, cost: scaled(run.totalCostCents, 10) }).toEqual({ run: run.id, cost: expected });
  }
}, 300_000);

test('the cost aggregates of a workflow add up to its token events', async () => {
  const [workflow] = await all<{ id: string }>('workflowRuns', 'id: workflowId');
  const where = { workflowId: { eq: workflow?.id } };
  const sum = async (field: string, filter: object) => {
    let total = 0n;
    for (let after: string | undefined; ;) {
      const { page } = await platform.data<Connection<{ costCents: string }>>(`query ($after: String, $where: ${field === 'tokenEvents' ? 'TokenEventFilter' : 'CostAggregateFilter'}) { page: ${field}(first: 100, after: $after, where: $where) { nodes { costCents } pageInfo { endCursor hasNextPage } } }`, { after, where: filter });
      for (const { costCents } of page?.nodes ?? []) total += scaled(costCents, 10);
      if (!page?.pageInfo.hasNextPage) return total;
      after = page.pageInfo.endCursor;
    }
  };
  const [events, aggregates] = await Promise.all([sum('tokenEvents', where), sum('costAggregates', { scopeType: { eq: 'WORKFLOW' }, scopeId: { eq: workflow?.id } })]);
  expect(events).toBeGreaterThan(0n);
  expect(aggregates).toBe(events);
});

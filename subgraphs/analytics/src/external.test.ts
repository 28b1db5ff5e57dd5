import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createAnalyticsSubgraph } from './index.ts';

/** The organisation that `graph.data` asks for. */
const orgId = 'org_01jd0000000000000000000001';
const now = new Date('2026-11-20T12:00:00.000Z');
const scopes = { Agent: 'AGENT', Factory: 'FACTORY', Gateway: 'GATEWAY', Model: 'MODEL', Worker: 'WORKER', Workflow: 'WORKFLOW' } as const;
type Parent = keyof typeof scopes;
const parentTypes = Object.keys(scopes) as Parent[];

/** One of each parent in other domains. */
const someParents = () => Object.fromEntries(parentTypes.map((type) => [type, newId(type)])) as Record<Parent, string>;
const parents = [someParents(), someParents(), someParents()] as const;

const record = 'mutation ($input: RecordTokenEventsInput!) { recordTokenEvents(input: $input) { results { tokenEventId } } }';
const price = 'mutation ($input: RecordModelPriceInput!) { recordModelPrice(input: $input) { modelPrice { id } } }';

/** A gateway's price and a call at it, both of `its` parents. Answers the ids by type. */
async function insertRows(its: typeof parents[0]): Promise<Record<string, string>> {
  const use = { modelId: its.Model, gatewayId: its.Gateway };
  const { recordModelPrice } = await graph.data(price, { input: { ...use, inputPrice: '3', outputPrice: '15', effectiveFrom: '2026-10-01T00:00:00Z', source: 'test' } });
  const call = { ...use, agentId: its.Agent, workerId: its.Worker, workflowId: its.Workflow, factoryId: its.Factory, inputTokens: 1, outputTokens: 1 };
  const { recordTokenEvents } = await graph.data(record, { input: { events: [{ ...call, idempotencyKey: its.Model, occurredAt: '2026-11-20T11:00:00.000Z' }] } });
  return { ModelPrice: recordModelPrice.modelPrice.id, TokenEvent: recordTokenEvents.results[0].tokenEventId };
}

async function anAggregate(scopeType: string, scopeId: string, bucketStart: string): Promise<string> {
  const id = newId('CostAggregate');
  await runSql(graph.databaseUrl, `INSERT INTO "costAggregates" ("id", "orgId", "period", "bucketStart", "scopeType", "scopeId", "inputTokens", "outputTokens", "cachedInputTokens", "thinkingTokens", "costCents", "eventCount", "runCount", "successCount", "failureCount")
    VALUES ($1, $2, 'HOURLY', $3, $4, $5, 1, 1, 0, 0, 1, 1, 1, 1, 0)`, [id, orgId, bucketStart, scopeType, scopeId]);
  return id;
}

let graph: TestSubgraph;
let rows: readonly Record<string, string>[];
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('analytics'), (settings) => createAnalyticsSubgraph({ ...settings, now: () => now }));
  rows = [await insertRows(parents[0]), await insertRows(parents[1])];
  // Those of the calls; the tests make their own.
  await runSql(graph.databaseUrl, 'DELETE FROM "costAggregates"');
});
afterAll(() => graph.close());

/** The ids that each of the parents has in a list. */
async function listed(type: Parent, field: string, principal?: typeof anotherOrganisation): Promise<string[][]> {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { ${field} { nodes { id } } } } }`;
  const { _entities: entities } = await graph.data(query, { representations: parents.map((its) => ({ __typename: type, id: its[type] })) }, principal);
  return entities.map((entity: Record<string, { nodes: { id: string }[] }>) => Object.values(entity)[0]?.nodes.map(({ id }) => id));
}

test.each([
  ...parentTypes.map((type) => [type, 'tokenEvents', 'TokenEvent'] as const),
  ['Gateway', 'modelPrices', 'ModelPrice'] as const, ['Model', 'prices', 'ModelPrice'] as const,
])('%s.%s of three parents is one statement, each has its own rows, and another organisation has none', async (type, field, of) => {
  graph.statements.clear();
  expect(await listed(type, field)).toEqual([[rows[0]?.[of]], [rows[1]?.[of]], []]);
  expect(graph.statements.texts).toHaveLength(1);
  expect(await listed(type, field, anotherOrganisation)).toEqual([[], [], []]);
});

test.each(Object.entries(scopes) as [Parent, string][])('%s.costAggregates holds its own buckets, latest first, and none of another scope', async (type, scope) => {
  const [own, other] = parents;
  const early = await anAggregate(scope, own[type], '2026-11-20T09:00:00Z');
  const late = await anAggregate(scope, own[type], '2026-11-20T10:00:00Z');
  const others = await anAggregate(scope, other[type], '2026-11-20T10:00:00Z');
  for (const wrong of Object.values(scopes).filter((each) => each !== scope)) await anAggregate(wrong, own[type], '2026-11-20T10:00:00Z');
  graph.statements.clear();
  expect(await listed(type, 'costAggregates')).toEqual([[late, early], [others], []]);
  expect(graph.statements.texts).toHaveLength(1);
  expect(await listed(type, 'costAggregates(where: { bucketStart: { lt: "2026-11-20T10:00:00Z" } })')).toEqual([[early], [], []]);
  expect(await listed(type, 'costAggregates', anotherOrganisation)).toEqual([[], [], []]);
});

test('the references of a call are stubs with the ids it was recorded with', async () => {
  const query = 'query ($id: ID!) { tokenEvent(id: $id) { worker { __typename id } factory { id } gateway { id } model { id } } }';
  graph.statements.clear();
  const [its] = parents;
  expect(await graph.data(query, { id: rows[0]?.['TokenEvent'] })).toEqual({
    tokenEvent: { worker: { __typename: 'Worker', id: its.Worker }, factory: { id: its.Factory }, gateway: { id: its.Gateway }, model: { id: its.Model } },
  });
  expect(graph.statements.texts).toHaveLength(1);
});

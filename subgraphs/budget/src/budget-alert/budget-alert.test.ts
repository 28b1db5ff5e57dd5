import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { newId } from '@forge/subgraph-kit';
import { createBudgetSubgraph } from '../index.ts';

let graph: TestSubgraph;
let budgetId: string;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('budget'), createBudgetSubgraph);
  const create = 'mutation ($owner: ID) { createBudget(input: { name: "All", scopeType: GLOBAL, period: DAILY, amountCents: "100", ownerId: $owner }) { budget { id } } }';
  budgetId = (await graph.data(create, { owner: worker })).createBudget.budget.id;
});
afterAll(() => graph.close());

const worker = 'wrk_01h455vb4pex5vsknk084sn02q';

async function raise(row: Record<string, unknown>): Promise<string> {
  const id = newId('BudgetAlert');
  const all = { thresholdPercent: 50, spentCents: '50', amountCents: '100', periodStart: '2026-01-01T00:00Z', ...row };
  const columns = Object.keys(all);
  await runSql(graph.databaseUrl, `INSERT INTO "budgetAlerts" ("id", "orgId", "budgetId", ${columns.map((column) => `"${column}"`).join()})
    SELECT $1, "orgId", "id", ${columns.map((_, i) => `$${i + 3}`).join()} FROM "budgets" WHERE "id" = $2`, [id, budgetId, ...Object.values(all)]);
  return id;
}

test('an alert is found from its budget and from who acknowledged it, and by nobody else', async () => {
  const id = await raise({ status: 'ACKNOWLEDGED', acknowledgedById: worker, acknowledgedAt: '2026-01-01T01:00Z' });
  const query = `query ($id: ID!, $budgetId: ID!, $workers: [_Any!]!) {
    budgetAlert(id: $id) { status spentCents acknowledgedBy { id } budget { name } } budget(id: $budgetId) { alerts { nodes { id } } }
    _entities(representations: $workers) { ... on Worker { acknowledgedAlerts { nodes { id } } ownedBudgets { nodes { id } } } } }`;
  const workers = [{ __typename: 'Worker', id: worker }];
  expect(await graph.data(query, { id, budgetId, workers })).toEqual({
    budgetAlert: { status: 'ACKNOWLEDGED', spentCents: '50', acknowledgedBy: { id: worker }, budget: { name: 'All' } }, budget: { alerts: { nodes: [{ id }] } },
    _entities: [{ acknowledgedAlerts: { nodes: [{ id }] }, ownedBudgets: { nodes: [{ id: budgetId }] } }],
  });
  expect(await graph.data(query, { id, budgetId, workers }, anotherOrganisation)).toEqual({ budgetAlert: null, budget: null, _entities: [{ acknowledgedAlerts: { nodes: [] }, ownedBudgets: { nodes: [] } }] });
});

test('a threshold is reached once in a period, also when ten debits reach it at once', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => raise({ periodStart: '2026-02-01T00:00Z' })));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await raise({ periodStart: '2026-03-01T00:00Z' });
});

test.each([
  ['a threshold that was not reached', { spentCents: '49.9999999999' }, 'budgetAlerts_threshold_was_reached'],
  ['a threshold of 0', { thresholdPercent: 0 }, 'budgetAlerts_threshold_from_1_to_1000'],
  ['one that nobody acknowledged', { status: 'ACKNOWLEDGED' }, 'budgetAlerts_acknowledged_by_somebody'],
  ['an open one that somebody acknowledged', { acknowledgedById: worker, acknowledgedAt: '2026-01-01T01:00Z' }, 'budgetAlerts_acknowledged_by_somebody'],
])('the database refuses %s', async (_, row, constraint) => {
  await expect(raise({ periodStart: '2026-04-01T00:00Z', ...row })).rejects.toThrow(constraint);
});

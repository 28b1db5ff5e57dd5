import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { newId } from '@forge/subgraph-kit';
import { createBudgetSubgraph } from '../index.ts';

let graph: TestSubgraph;
let budgetId: string;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('budget'), createBudgetSubgraph);
  const create = 'mutation { createBudget(input: { name: "All", scopeType: GLOBAL, period: DAILY, amountCents: "100" }) { budget { id } } }';
  budgetId = (await graph.data(create)).createBudget.budget.id;
});
afterAll(() => graph.close());

const [runId, stepResultId, tokenEventId] = [newId('WorkflowRun'), newId('StepResult'), newId('TokenEvent')];
let minutes = 0;

async function enter(row: Record<string, unknown>): Promise<string> {
  const id = newId('BudgetTransaction');
  const all = { type: 'DEBIT', amountCents: '1.0000000001', spentAfterCents: '1.0000000001', reservedAfterCents: '0', sequence: ++minutes, idempotencyKey: id, occurredAt: new Date(Date.UTC(2026, 0, 1, 0, minutes)), ...row };
  const columns = Object.keys(all);
  await runSql(graph.databaseUrl, `INSERT INTO "budgetTransactions" ("id", "orgId", "budgetId", ${columns.map((column) => `"${column}"`).join()})
    SELECT $1, "orgId", "id", ${columns.map((_, i) => `$${i + 3}`).join()} FROM "budgets" WHERE "id" = $2`, [id, budgetId, ...Object.values(all)]);
  return id;
}

test('an entry is found from its budget and from what it was spent on, newest first, and by nobody else', async () => {
  const first = await enter({ type: 'RESERVE', reservationId: 'rsv-1', runId, stepResultId });
  const second = await enter({ runId, stepResultId, tokenEventId, note: 'settled' });
  const query = `query ($id: ID!, $budgetId: ID!, $spentOn: [_Any!]!) {
    budgetTransaction(id: $id) { type amountCents note run { id } stepResult { id } tokenEvent { id } budget { name } }
    budget(id: $budgetId) { transactions { nodes { id } } }
    _entities(representations: $spentOn) {
      ... on WorkflowRun { budgetTransactions { nodes { id } } } ... on StepResult { budgetTransactions { nodes { id } } } ... on TokenEvent { budgetTransactions { nodes { id } } } } }`;
  const spentOn = [{ __typename: 'WorkflowRun', id: runId }, { __typename: 'StepResult', id: stepResultId }, { __typename: 'TokenEvent', id: tokenEventId }];
  const both = { nodes: [{ id: second }, { id: first }] };
  expect(await graph.data(query, { id: second, budgetId, spentOn })).toEqual({
    budgetTransaction: { type: 'DEBIT', amountCents: '1.0000000001', note: 'settled', run: { id: runId }, stepResult: { id: stepResultId }, tokenEvent: { id: tokenEventId }, budget: { name: 'All' } },
    budget: { transactions: both },
    _entities: [{ budgetTransactions: both }, { budgetTransactions: both }, { budgetTransactions: { nodes: [{ id: second }] } }],
  });
  const nothing = { budgetTransactions: { nodes: [] } };
  expect(await graph.data(query, { id: second, budgetId, spentOn }, anotherOrganisation)).toEqual({ budgetTransaction: null, budget: null, _entities: [nothing, nothing, nothing] });
});

test('what is entered stays: it is neither changed nor deleted, not even wholesale', async () => {
  const id = await enter({});
  await expect(runSql(graph.databaseUrl, 'UPDATE "budgetTransactions" SET "amountCents" = 0 WHERE "id" = $1', [id])).rejects.toThrow('never changes');
  await expect(runSql(graph.databaseUrl, 'DELETE FROM "budgetTransactions" WHERE "id" = $1', [id])).rejects.toThrow('never changes');
  await expect(runSql(graph.databaseUrl, 'TRUNCATE "budgetTransactions"')).rejects.toThrow('never changes');
});

test('of ten entries at once under one key, one is made', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => enter({ idempotencyKey: 'settle 1' })));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test.each([
  ['a negative amount', { amountCents: '-1' }, 'budgetTransactions_amounts_not_negative'],
  ['a negative balance', { reservedAfterCents: '-1' }, 'budgetTransactions_amounts_not_negative'],
  ['a reset that leaves something spent', { type: 'RESET' }, 'budgetTransactions_reset_leaves_nothing_spent'],
  ['a release of no reservation', { type: 'RELEASE' }, 'budgetTransactions_reservation_is_named'],
])('the database refuses %s', async (_, row, constraint) => {
  await expect(enter(row)).rejects.toThrow(constraint);
});

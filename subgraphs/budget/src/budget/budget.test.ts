import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createBudgetSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('budget'), createBudgetSubgraph)));
afterAll(() => graph.close());

const [worker, factory, gateway] = ['wrk_01h455vb4pex5vsknk084sn02q', 'fac_01h455vb4pex5vsknk084sn02q', 'gw_01h455vb4pex5vsknk084sn02q'];
const fields = 'id name scopeType scopeId period amountCents spentCents reservedCents alertThresholds hardLimit enabled ownerId lastResetAt periodStart updatedAt';
const create = `mutation ($input: CreateBudgetInput!) { createBudget(input: $input) { budget { ${fields} } userErrors { code message path } } }`;
const update = `mutation ($input: UpdateBudgetInput!) { updateBudget(input: $input) { budget { ${fields} } userErrors { code message path } } }`;
const remove = `mutation ($input: DeleteBudgetInput!) { deleteBudget(input: $input) { deletedId userErrors { code message path } } }`;

let factories = 0;
/** A scope that no budget has yet. */
const aScope = () => ({ scopeType: 'FACTORY', scopeId: `fac_01h455vb4pex5vsknk084sn${String(factories++).padStart(3, '0')}`, period: 'MONTHLY' });
const aBudget = async (input: object = {}) => (await graph.data(create, { input: { name: 'A budget', amountCents: '1000', ...aScope(), ...input } })).createBudget.budget;
const spend = (id: string, spent: string, reserved: string) =>
  runSql(graph.databaseUrl, 'UPDATE "budgets" SET "spentCents" = $2, "reservedCents" = $3 WHERE "id" = $1', [id, spent, reserved]);

test('a new budget has spent nothing, limits hard, and is in the period under way', async () => {
  const made = await aBudget({ amountCents: '1000.0000000001', ownerId: worker });
  expect(made).toMatchObject({ amountCents: '1000.0000000001', spentCents: '0', reservedCents: '0', alertThresholds: [50, 80, 100], hardLimit: true, enabled: true, ownerId: worker, lastResetAt: null });
  expect(made.periodStart).toMatch(/^\d{4}-\d\d-01T00:00:00.000Z$/);
  expect(new Date(made.periodStart).getTime()).toBeLessThanOrEqual(Date.now());
  expect(await graph.data('query ($id: ID!) { budget(id: $id) { name owner { id } } }', { id: made.id })).toEqual({ budget: { name: 'A budget', owner: { id: worker } } });
});

test('every fault of an input comes at once, with its path', async () => {
  const input = { name: ' ', scopeType: 'GATEWAY', scopeId: factory, period: 'DAILY', amountCents: '-1', alertThresholds: [0, 50, 50], ownerId: gateway };
  const { budget, userErrors } = (await graph.data(create, { input })).createBudget;
  expect(budget).toBeNull();
  expect(userErrors).toEqual([
    { code: 'INVALID', path: ['input', 'name'], message: 'name: needs at least 1 character' },
    { code: 'INVALID', path: ['input', 'amountCents'], message: 'amountCents: must not be negative' },
    { code: 'INVALID', path: ['input', 'alertThresholds', '0'], message: 'alertThresholds.0: must be from 1 to 1000' },
    { code: 'INVALID', path: ['input', 'alertThresholds', '2'], message: 'alertThresholds.2: is in the list already' },
    { code: 'INVALID', path: ['input', 'ownerId'], message: expect.stringContaining('expected the id of a Worker') },
    { code: 'INVALID', path: ['input', 'scopeId'], message: expect.stringContaining('expected the id of a Gateway') },
  ]);
});

test.each([
  ['GLOBAL', factory, 'scopeId: must be left out when scopeType is GLOBAL'],
  ['TEAM', null, 'scopeId: is needed when scopeType is TEAM: the id of the Team it is for'],
  ['AGENT', factory, `scopeId: expected the id of an Agent, which looks like agt_01h455vb4pex5vsknk084sn02q; got "${factory}"`],
])('a %s budget for %s is refused, by the database too', async (scopeType, scopeId, message) => {
  const { userErrors } = (await graph.data(create, { input: { name: 'x', scopeType, scopeId, period: 'DAILY', amountCents: '1' } })).createBudget;
  expect(userErrors).toEqual([{ code: 'INVALID', path: ['input', 'scopeId'], message }]);
  const { id } = await aBudget();
  await expect(runSql(graph.databaseUrl, 'UPDATE "budgets" SET "scopeType" = $2, "scopeId" = $3 WHERE "id" = $1', [id, scopeType, scopeId])).rejects.toThrow('budgets_scope_fits');
});

test.each([[{ scopeType: 'GLOBAL' }], [{ scopeType: 'GATEWAY', scopeId: gateway }]])('of ten budgets of one scope and period at once, %j, one is made', async (scope) => {
  const input = { name: 'The one', ...scope, period: 'WEEKLY', amountCents: '1' };
  const answers = await Promise.all(Array.from({ length: 10 }, () => graph.data(create, { input })));
  const refused = answers.flatMap(({ createBudget }) => createBudget.userErrors);
  expect(refused).toEqual(Array(9).fill({ code: 'CONFLICT', path: ['input', 'scopeId'], message: 'scopeId: there is a budget for this scope and period already; change that one' }));
  expect((await graph.data(create, { input: { ...input, period: 'DAILY' } })).createBudget.userErrors).toEqual([]);
  expect((await graph.data(create, { input }, anotherOrganisation)).createBudget.userErrors).toEqual([]);
});

test('a call that is repeated makes one budget, also when twenty come at once', async () => {
  const input = { name: 'Once', ...aScope(), amountCents: '1', idempotencyKey: 'once' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => graph.data(create, { input })));
  expect(new Set(answers.map(({ createBudget }) => createBudget.budget.id)).size).toBe(1);
});

test('an update takes only what changes, and null clears the owner', async () => {
  const { id } = await aBudget({ ownerId: worker });
  const changed = (await graph.data(update, { input: { id, amountCents: '5', alertThresholds: [], enabled: false } })).updateBudget;
  expect(changed).toMatchObject({ budget: { name: 'A budget', amountCents: '5', alertThresholds: [], enabled: false, ownerId: worker }, userErrors: [] });
  expect((await graph.data(update, { input: { id, ownerId: null } })).updateBudget.budget).toMatchObject({ ownerId: null });
  expect((await graph.data(update, { input: { id, name: null } })).updateBudget.userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'name'] }]);
});

test('under a hard limit the amount does not fall below what is spent and reserved, nor does a soft limit become hard above it', async () => {
  const { id } = await aBudget({ amountCents: '100' });
  await spend(id, '60', '30.5');
  const refused = (field: string) => [{ code: 'CONFLICT', path: ['input', field], message: `${field}: under a hard limit the amount must be at least what is spent and reserved` }];
  expect((await graph.data(update, { input: { id, amountCents: '90.4999999999' } })).updateBudget.userErrors).toEqual(refused('amountCents'));
  expect((await graph.data(update, { input: { id, amountCents: '90.5' } })).updateBudget.userErrors).toEqual([]);
  expect((await graph.data(update, { input: { id, amountCents: '10', hardLimit: false } })).updateBudget.userErrors).toEqual([]);
  expect((await graph.data(update, { input: { id, hardLimit: true } })).updateBudget.userErrors).toEqual(refused('hardLimit'));
});

test.each([
  ['"spentCents" = -1', 'budgets_use_not_negative'], ['"reservedCents" = -1', 'budgets_use_not_negative'], ['"spentCents" = 600, "reservedCents" = 401', 'budgets_hard_limit_holds'],
  ['"amountCents" = -1, "hardLimit" = false', 'budgets_amount_not_negative'], ['"alertThresholds" = \'{5,5}\'', 'budgets_thresholds_fit'], ['"alertThresholds" = \'{1001}\'', 'budgets_thresholds_fit'],
  ['"alertThresholds" = \'{1,2,3,4,5,6,7,8,9,10,11}\'', 'budgets_thresholds_fit'], ['"periodStart" = \'2026-11-02T00:00Z\'', 'budgets_period_starts_on_time'],
])('the database refuses %s', async (change, constraint) => {
  const { id } = await aBudget();
  await expect(runSql(graph.databaseUrl, `UPDATE "budgets" SET ${change} WHERE "id" = $1`, [id])).rejects.toThrow(constraint);
});

test('a budget with a ledger is not deleted; one without is', async () => {
  const [used, free] = [await aBudget(), await aBudget()];
  await runSql(graph.databaseUrl, `INSERT INTO "budgetTransactions" ("id", "orgId", "budgetId", "type", "amountCents", "spentAfterCents", "reservedAfterCents", "sequence", "idempotencyKey", "occurredAt")
    SELECT 'btx_01h455vb4pex5vsknk084sn02q', "orgId", "id", 'DEBIT', 0, 0, 0, 1, 'k', now() FROM "budgets" WHERE "id" = $1`, [used.id]);
  expect((await graph.data(remove, { input: { id: used.id } })).deleteBudget.userErrors).toEqual([
    { code: 'CONFLICT', path: ['input', 'id'], message: 'id: the budget has a ledger, alerts or links; disable it instead' },
  ]);
  expect((await graph.data(remove, { input: { id: free.id } })).deleteBudget).toEqual({ deletedId: free.id, userErrors: [] });
});

test('who saw an older version is told, and nothing is written', async () => {
  const { id, updatedAt } = await aBudget();
  const answers = await Promise.all(Array.from({ length: 5 }, (_, i) => graph.data(update, { input: { id, expectedVersion: updatedAt, name: `by ${i}` } })));
  expect(answers.map(({ updateBudget }) => updateBudget.userErrors[0]?.code ?? 'written').toSorted()).toEqual([...Array(4).fill('CONFLICT'), 'written']);
  expect((await graph.data(remove, { input: { id, expectedVersion: updatedAt } })).deleteBudget.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
});

test('another organisation sees, changes and deletes nothing', async () => {
  const { id } = await aBudget();
  expect(await graph.data('query ($id: ID!) { budget(id: $id) { id } }', { id }, anotherOrganisation)).toEqual({ budget: null });
  expect((await graph.data(update, { input: { id, name: 'x' } }, anotherOrganisation)).updateBudget.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteBudget.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

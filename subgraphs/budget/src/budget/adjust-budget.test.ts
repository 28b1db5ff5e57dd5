import { anotherOrganisation } from '@forge/testing';
import { newId } from '@forge/subgraph-kit';
import { startBudgets, type Budgets } from '../fixture/start-budgets.ts';

let budgets: Budgets;
let id: string;
beforeAll(async () => (budgets = await startBudgets()));
beforeEach(async () => (id = await budgets.budget({ alertThresholds: [80] })));
afterAll(() => budgets.close());

const adjust = (input: object = {}, principal?: typeof anotherOrganisation) => budgets.ask('adjustBudget', { budgetId: id, type: 'DEBIT', amountCents: '60', note: 'a bill by post', ...input }, principal);
const figures = (spentCents: string, reservedCents = '0', overrunCents = '0') => [{ spentCents, reservedCents, overrunCents }];

test('a debit and a credit by hand are entered with their note, in this budget alone', async () => {
  const child = await budgets.budget({ parents: [id] });
  expect(await adjust({ budgetId: child })).toEqual({ budget: { spentCents: '60' }, transaction: { id: expect.stringMatching(/^btx_/), type: 'DEBIT', amountCents: '60', note: 'a bill by post', sequence: 1 }, userErrors: [] });
  expect(await adjust({ budgetId: child, type: 'CREDIT', amountCents: '59.9999999999' })).toMatchObject({ budget: { spentCents: '0.0000000001' }, transaction: { type: 'CREDIT', sequence: 2 } });
  expect([await budgets.figures(child), await budgets.figures(id)]).toEqual([figures('0.0000000001'), figures('0')]);
});

test('a debit for which a hard limit has not enough left is refused, and so is a credit of more than was spent', async () => {
  await adjust();
  expect(await adjust({ amountCents: '40.0000000001' })).toEqual({
    budget: null, transaction: null, userErrors: [{ code: 'BUDGET_EXCEEDED', path: ['input', 'amountCents'], message: 'amountCents: the budget has 40 cents left; raise its amount first, or debit no more than that' }],
  });
  expect(await adjust({ type: 'CREDIT', amountCents: '60.0000000001' })).toMatchObject({ userErrors: [{ code: 'CONFLICT', message: 'amountCents: the budget has spent 60 cents; credit no more than that' }] });
  expect(await budgets.figures(id)).toEqual(figures('60'));
  await budgets.ask('updateBudget', { id, hardLimit: false });
  expect(await adjust({ amountCents: '500' })).toMatchObject({ budget: { spentCents: '560' }, userErrors: [] });
});

test('of twenty debits at once as many are entered as the limit has room for', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => adjust({ amountCents: '7.3333333333' })));
  expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(13);
  expect(await budgets.figures(id)).toEqual(figures('95.3333333329'));
});

test('of twenty credits at once none makes what is spent negative', async () => {
  await adjust();
  const answers = await Promise.all(Array.from({ length: 20 }, () => adjust({ type: 'CREDIT', amountCents: '7' })));
  expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(8);
  expect(await budgets.figures(id)).toEqual(figures('4'));
});

test('a call that is repeated is entered once, also when ten come at once; later than the platform remembers it is a conflict', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => adjust({ amountCents: '5', idempotencyKey: 'bill 7' })));
  expect(new Set(answers.map(({ transaction }) => transaction.id)).size).toBe(1);
  expect(await adjust({ amountCents: '6', idempotencyKey: 'bill 7' })).toMatchObject({ userErrors: [{ code: 'CONFLICT', path: ['input', 'idempotencyKey'] }] });
  await budgets.sql('DELETE FROM "callbackDedup"');
  expect(await adjust({ amountCents: '5', idempotencyKey: 'bill 7' })).toMatchObject({ userErrors: [{ code: 'CONFLICT', message: 'idempotencyKey: was used before in this ledger; take a new key for a new correction' }] });
  expect(await budgets.figures(id)).toEqual(figures('5'));
});

test('a debit by hand that reaches a threshold raises its alert; raising the amount above it settles that', async () => {
  await adjust({ amountCents: '85' });
  const alerts = async () => (await budgets.graph.data('query ($id: ID!) { budget(id: $id) { alerts { nodes { thresholdPercent spentCents status } } } }', { id })).budget.alerts.nodes;
  expect(await alerts()).toEqual([{ thresholdPercent: 80, spentCents: '85', status: 'OPEN' }]);
  await budgets.ask('updateBudget', { id, amountCents: '106.25' });
  expect(await alerts()).toMatchObject([{ status: 'OPEN' }]);
  await budgets.ask('updateBudget', { id, amountCents: '106.26' });
  expect(await alerts()).toMatchObject([{ status: 'RESOLVED' }]);
});

test('every fault of an input comes at once; another organisation has no such budget', async () => {
  const { userErrors } = await adjust({ budgetId: newId('Team'), amountCents: '-1', note: ' ', idempotencyKey: 'x'.repeat(151) });
  expect(userErrors.map(({ code, path }: { code: string; path: string[] }) => `${code} ${path.at(-1) ?? ''}`)).toEqual(['INVALID budgetId', 'INVALID amountCents', 'INVALID note', 'INVALID idempotencyKey']);
  const missing = [{ code: 'NOT_FOUND', path: ['input', 'budgetId'], message: 'budgetId: leads to no Budget' }];
  expect((await adjust({}, anotherOrganisation)).userErrors).toEqual(missing);
  expect((await adjust({ budgetId: newId('Budget') })).userErrors).toEqual(missing);
});

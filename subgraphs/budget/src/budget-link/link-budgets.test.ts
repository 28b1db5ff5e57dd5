import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation } from '@forge/testing';
import { orgId, startBudgets, type Budgets } from '../fixture/start-budgets.ts';
import { lockBudgets } from '../ledger/lock-budgets.ts';

let budgets: Budgets;
let [parentId, childId] = ['', ''];
beforeAll(async () => (budgets = await startBudgets()));
beforeEach(async () => ([parentId, childId] = [await budgets.budget(), await budgets.budget()]));
afterAll(() => budgets.close());

const link = (input: object = {}, principal?: typeof anotherOrganisation) => budgets.ask('linkBudgets', { parentId, childId, ...input }, principal);
const unlink = (input: object = {}, principal?: typeof anotherOrganisation) => budgets.ask('unlinkBudgets', { parentId, childId, ...input }, principal);
const fault = (code: string, field: string, message: unknown = expect.any(String)) => [{ code, path: ['input', field], message }];

test('a link is made, and ended; what is reserved stays in both until it is closed', async () => {
  const made = await link();
  expect(made).toEqual({ budgetLink: { id: expect.stringMatching(/^bln_/), parentId, childId }, userErrors: [] });
  const { budget: { scopeId: agentId } } = await budgets.graph.data('query ($id: ID!) { budget(id: $id) { scopeId } }', { id: childId });
  await budgets.ask('reserveBudget', { reservationId: childId, amountCents: '5', agentId });
  expect(await unlink()).toEqual({ deletedId: made.budgetLink.id, userErrors: [] });
  expect((await unlink()).userErrors).toEqual(fault('NOT_FOUND', 'childId', 'childId: does not draw from this parent'));
  await budgets.ask('settleBudget', { reservationId: childId, amountCents: '4' });
  expect(await budgets.figures(parentId, childId)).toEqual(Array(2).fill({ spentCents: '4', reservedCents: '0', overrunCents: '0' }));
});

test('of ten links of the same two at once one is made, and the others are told', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => link()));
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(Array(9).fill(fault('CONFLICT', 'childId', 'childId: draws from this parent already')[0]));
  const ended = await Promise.all(Array.from({ length: 10 }, () => unlink()));
  expect(ended.filter(({ deletedId }) => deletedId !== null)).toHaveLength(1);
});

test('a call that is repeated with its key answers the same', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => link({ idempotencyKey: childId })));
  expect(new Set(answers.map(({ budgetLink }) => budgetLink.id)).size).toBe(1);
});

test('a circle is refused, at any depth and when its links are made at once', async () => {
  const third = await budgets.budget();
  const ring = [[parentId, childId], [childId, third], [third, parentId]];
  const answers = await Promise.all(ring.map(([above, below]) => link({ parentId: above, childId: below })));
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(fault('CONFLICT', 'parentId', 'parentId: draws from the child, by itself or through others; links have no circle'));
});

test('a link to itself, to nothing, and of other things than budgets is refused', async () => {
  expect((await link({ childId: parentId })).userErrors).toEqual(fault('INVALID', 'childId', 'childId: must not be the parent itself'));
  expect((await link({ childId: newId('Budget') })).userErrors).toEqual(fault('NOT_FOUND', 'childId'));
  expect((await link({ parentId: newId('Team'), childId: 'x' })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'parentId'] }, { code: 'INVALID', path: ['input', 'childId'] }]);
});

test('another organisation neither links nor unlinks these budgets', async () => {
  expect((await link({}, anotherOrganisation)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  await link();
  expect((await unlink({}, anotherOrganisation)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await unlink()).userErrors).toEqual([]);
});

test('who links budgets does not wait for who books on them, so that the two never wait for each other', async () => {
  await budgets.prisma.$transaction(async (tx) => {
    expect(await lockBudgets(tx, orgId, [parentId, childId])).toHaveLength(2);
    expect((await link()).userErrors).toEqual([]);
  }, { timeout: 3_000 });
});

import { newId } from '@forge/subgraph-kit';
import { startBudgets, type Budgets } from '../fixture/start-budgets.ts';

let budgets: Budgets;
let [own, top, agentId, r1, r2] = ['', '', '', '', ''];
beforeAll(async () => (budgets = await startBudgets()));
beforeEach(async () => {
  agentId = newId('Agent');
  [r1, r2] = [`${agentId} 1`, `${agentId} 2`];
  top = await budgets.budget({ alertThresholds: [] });
  own = await budgets.budget({ scopeId: agentId, parents: [top], alertThresholds: [50] });
});
afterAll(() => budgets.close());

const reserve = () => budgets.ask('reserveBudget', { reservationId: r1, amountCents: '30', agentId });
const settle = (amountCents: string, note?: string) => budgets.ask('settleBudget', { reservationId: r1, amountCents, note });
const release = () => budgets.ask('releaseBudget', { reservationId: r1 });
const both = async (spentCents: string, reservedCents: string, overrunCents = '0') => expect(await budgets.figures(own, top)).toEqual(Array(2).fill({ spentCents, reservedCents, overrunCents }));

test('settled, what was spent is entered in each of its budgets and the rest is free', async () => {
  await reserve();
  expect(await settle('12.5', 'by hand')).toMatchObject({ reservation: { status: 'SETTLED', amountCents: '30', remainingCents: '0' }, userErrors: [] });
  await both('12.5', '0');
  expect(await budgets.ledger(own)).toEqual([{ type: 'RESERVE', amount: '30', key: `reserve:${r1}` }, { type: 'RELEASE', amount: '30', key: `release:${r1}` }, { type: 'DEBIT', amount: '12.5', key: `settle:${r1}` }]);
});

test('more than was reserved is entered too: what the limit has no room for, past it', async () => {
  await reserve();
  await settle('130.0000000001');
  await both('100', '0', '30.0000000001');
  expect(await budgets.told('platform.event.occurred', own)).toMatchObject([{ subject: own, data: { type: 'budget.threshold.reached', severity: 'WARNING', payload: { thresholdPercent: 50, spentCents: '130.0000000001' } } }]);
  expect(await budgets.ask('reserveBudget', { reservationId: r2, amountCents: '0', agentId })).toMatchObject({ userErrors: [{ code: 'BUDGET_EXCEEDED', message: expect.stringContaining('has 0 cents left') }] });
});

test('released, all of it is free and nothing is spent', async () => {
  await reserve();
  expect(await release()).toMatchObject({ reservation: { status: 'RELEASED', remainingCents: '0' }, userErrors: [] });
  await both('0', '0');
});

test.each([
  ['settled twelve times at once', () => Array.from({ length: 12 }, () => settle('7')), 'SETTLED', '7'],
  ['released twelve times at once', () => Array.from({ length: 12 }, () => release()), 'RELEASED', '0'],
  ['settled and released at once, whoever is first', () => Array.from({ length: 12 }, (_, i) => (i % 2 ? settle('7') : release())), 'SETTLED', '7'],
])('%s, it counts once', async (_, calls, status, spent) => {
  await reserve();
  const answers = await Promise.all(calls());
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  expect(await release()).toMatchObject({ reservation: { status }, userErrors: [] });
  await both(spent, '0');
});

test('a release that comes before its reservation lets that take nothing', async () => {
  expect(await release()).toMatchObject({ reservation: { status: 'RELEASED', amountCents: '0', budgetIds: [] }, userErrors: [] });
  for (let i = 0; i < 2; i++) {
    expect(await reserve()).toMatchObject({ reservation: { status: 'RELEASED', remainingCents: '0' }, userErrors: [{ code: 'CONFLICT', message: 'reservationId: was released before it was asked for; take a new id if the money is needed' }] });
  }
  await both('0', '0');
});

test('so does a settlement, which says that it knows no budget to enter the money in', async () => {
  for (let i = 0; i < 2; i++) expect(await settle('7')).toMatchObject({ reservation: { status: 'RELEASED' }, userErrors: [{ code: 'NOT_FOUND', path: ['input', 'reservationId'] }] });
  expect(await reserve()).toMatchObject({ reservation: { status: 'RELEASED' }, userErrors: [{ code: 'CONFLICT' }] });
  await both('0', '0');
});

test('of a reservation and its release at once nothing stays reserved', async () => {
  for (let round = 0; round < 10; round++) {
    const reservationId = `${r1} ${round}`;
    await Promise.all([budgets.ask('reserveBudget', { reservationId, amountCents: '5', agentId }), budgets.ask('releaseBudget', { reservationId })]);
  }
  await both('0', '0');
});

test('a settlement at another amount, and one of what was refused, are told why not', async () => {
  await reserve();
  await settle('7');
  expect(await settle('8')).toMatchObject({ reservation: { status: 'SETTLED' }, userErrors: [{ code: 'CONFLICT', path: ['input', 'amountCents'] }] });
  await budgets.ask('reserveBudget', { reservationId: r2, amountCents: '300', agentId });
  expect(await budgets.ask('settleBudget', { reservationId: r2, amountCents: '1' })).toMatchObject({ reservation: { status: 'REFUSED' }, userErrors: [{ code: 'INVALID_TRANSITION' }] });
  expect(await budgets.ask('releaseBudget', { reservationId: r2 })).toMatchObject({ reservation: { status: 'REFUSED' }, userErrors: [] });
  await both('7', '0');
});

test('a budget that was disabled or unlinked meanwhile has its money free again; only the enabled ones count what was spent', async () => {
  await reserve();
  await budgets.ask('updateBudget', { id: own, enabled: false });
  await budgets.ask('unlinkBudgets', { parentId: top, childId: own });
  await settle('7');
  expect(await budgets.figures(own, top)).toEqual([{ spentCents: '0', reservedCents: '0', overrunCents: '0' }, { spentCents: '7', reservedCents: '0', overrunCents: '0' }]);
});

test('what is reserved over the end of a period stays so, and is settled in the new one', async () => {
  await reserve();
  await budgets.ask('adjustBudget', { budgetId: own, type: 'DEBIT', amountCents: '60', note: 'x' });
  budgets.clock.now = new Date('2026-12-01T00:00:01.000Z');
  await settle('20');
  await both('20', '0');
  expect(await budgets.ledger(own)).toMatchObject([{ type: 'RESERVE' }, { type: 'DEBIT' }, { type: 'RESET', amount: '60' }, { type: 'RELEASE', amount: '30' }, { type: 'DEBIT', amount: '20' }]);
});

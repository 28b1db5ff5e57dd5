import { anotherOrganisation } from '@forge/testing';
import { startBudgets, type Budgets } from '../fixture/start-budgets.ts';
import { resetBudgets } from './reset-budgets.ts';

let budgets: Budgets;
beforeEach(async () => (budgets = await startBudgets()));
afterEach(() => budgets.close());

const spend = (budgetId: string, amountCents = '60') => budgets.ask('adjustBudget', { budgetId, type: 'DEBIT', amountCents, note: 'x' });
const periodStart = async (id: string) => (await budgets.graph.data('query ($id: ID!) { budget(id: $id) { periodStart } }', { id })).budget.periodStart;
const resets = async (id: string) => (await budgets.ledger(id)).filter(({ type }) => type === 'RESET').map(({ key }) => key);

test('after forty days of downtime each budget is reset once, with 16 replicas at once, and reservations stay', async () => {
  const [daily, weekly, monthly] = [await budgets.budget({ period: 'DAILY', scopeType: 'GLOBAL' }), await budgets.budget({ period: 'WEEKLY' }), await budgets.budget()];
  for (const id of [daily, weekly, monthly]) await spend(id);
  await budgets.ask('reserveBudget', { reservationId: 'r1', amountCents: '30' });
  const now = new Date('2026-12-30T09:30:00.000Z');
  const answers = await Promise.all(Array.from({ length: 16 }, () => resetBudgets(budgets.prisma, now)));
  expect(answers.reduce((sum, { reset }) => sum + reset, 0)).toBe(3);
  expect(await budgets.figures(daily, weekly, monthly)).toEqual(['30', '0', '0'].map((reservedCents) => ({ spentCents: '0', reservedCents, overrunCents: '0' })));
  expect([await resets(daily), await resets(weekly), await resets(monthly)]).toEqual([['reset:2026-12-30T00:00:00.000Z'], ['reset:2026-12-27T00:00:00.000Z'], ['reset:2026-12-01T00:00:00.000Z']]);
  expect(await resetBudgets(budgets.prisma, now)).toEqual({ reset: 0 });
});

test('of a reset and twenty debits at midnight, whoever is first, all of them are of the new day', async () => {
  const id = await budgets.budget({ period: 'DAILY' });
  await spend(id);
  budgets.clock.now = new Date('2026-11-21T00:00:00.000Z');
  await Promise.all([...Array.from({ length: 20 }, () => spend(id, '1')), ...Array.from({ length: 4 }, () => resetBudgets(budgets.prisma, budgets.clock.now))]);
  expect(await budgets.figures(id)).toEqual([{ spentCents: '20', reservedCents: '0', overrunCents: '0' }]);
  expect(await resets(id)).toHaveLength(1);
});

test('a period that is not over, a disabled budget, and a clock that is behind change nothing', async () => {
  const [weekly, disabled] = [await budgets.budget({ period: 'WEEKLY' }), await budgets.budget({ period: 'DAILY', enabled: false })];
  await spend(weekly);
  expect(await resetBudgets(budgets.prisma, new Date('2026-11-21T23:59:59.999Z'))).toEqual({ reset: 0 });
  expect(await resetBudgets(budgets.prisma, new Date('2026-10-01T00:00:00.000Z'))).toEqual({ reset: 0 });
  expect([await periodStart(weekly), await periodStart(disabled)]).toEqual(['2026-11-15T00:00:00.000Z', '2026-11-20T00:00:00.000Z']);
  expect(await resetBudgets(budgets.prisma, new Date('2026-11-22T00:00:00.000Z'))).toEqual({ reset: 1 });
});

test('budgets of many organisations, more than fit into one go, are all reset', async () => {
  await budgets.sql(`
    INSERT INTO "budgets" ("id", "orgId", "name", "scopeType", "scopeId", "period", "amountCents", "periodStart")
    SELECT 'bud_' || i, CASE WHEN i % 3 = 0 THEN $1 ELSE 'org_' || i % 7 END, 'x', 'AGENT', 'agt_' || i, 'DAILY', 1, '2026-11-01T00:00Z' FROM generate_series(1, 1201) AS i`, [anotherOrganisation.orgId]);
  expect(await resetBudgets(budgets.prisma, budgets.clock.now)).toEqual({ reset: 1201 });
  expect(await budgets.sql('SELECT count(*)::int AS late FROM "budgets" WHERE "periodStart" <> $1', ['2026-11-20T00:00Z'])).toEqual([{ late: 0 }]);
});

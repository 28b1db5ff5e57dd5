import { newId } from '@forge/subgraph-kit';
import { startBudgets, type Budgets, type Figures } from '../fixture/start-budgets.ts';
import { unitsOf } from '../ledger/money.ts';

let budgets: Budgets;
beforeEach(async () => (budgets = await startBudgets()));
afterEach(() => budgets.close());

const limit = unitsOf('1000');

/** All that was spent; nothing of it is lost where the limit has no room. */
const spentIn = ({ spentCents, overrunCents }: Figures) => unitsOf(spentCents) + unitsOf(overrunCents);

/** Reads what is used of a budget again and again, until it is told to stop; answers every sum it has seen. */
function watch(budgetId: string) {
  const seen: bigint[] = [];
  const watching = { on: true };
  const reading = (async () => {
    while (watching.on) {
      const { budget } = await budgets.graph.data('query ($id: ID!) { budget(id: $id) { spentCents reservedCents } }', { id: budgetId });
      seen.push(unitsOf(budget.spentCents) + unitsOf(budget.reservedCents));
    }
  })();
  return async () => {
    watching.on = false;
    await reading;
    return seen;
  };
}

test('of 64 clients who reserve from 1000.00 cents in amounts that do not divide it, none gets more than there is, at any read', async () => {
  const parent = await budgets.budget({ amountCents: '1000', alertThresholds: [] });
  const agents = Array.from({ length: 8 }, () => newId('Agent'));
  const children: string[] = [];
  for (const scopeId of agents) children.push(await budgets.budget({ scopeId, amountCents: '400', parents: [parent], alertThresholds: [] }));
  const amounts = ['7.3333333333', '13.7', '0.0000000001', '19.9999999999', '23.1111111111'];
  const stop = watch(parent);
  const outcomes = await Promise.all(Array.from({ length: 64 }, async (_, client) => {
    const granted: { spent: string | null; reserved: string }[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const [reservationId, amountCents] = [`${client}-${turn}`, amounts[(client + turn) % amounts.length] as string];
      const { reservation, userErrors } = await budgets.ask('reserveBudget', { reservationId, amountCents, agentId: agents[client % 8] });
      if (reservation.status === 'REFUSED') {
        expect(userErrors).toMatchObject([{ code: 'BUDGET_EXCEEDED' }]);
        continue;
      }
      // Settled at what was reserved, or at a third of a cent, which may be more than that; released; left open.
      const spent = turn % 4 === 0 ? amountCents : turn % 4 === 1 ? '0.3333333333' : null;
      if (spent !== null) await budgets.ask('settleBudget', { reservationId, amountCents: spent });
      if (turn % 4 === 2) await budgets.ask('releaseBudget', { reservationId });
      granted.push({ spent, reserved: turn % 4 === 3 ? amountCents : '0' });
    }
    return granted;
  }));
  const seen = await stop();
  expect(seen.length).toBeGreaterThan(20);
  expect(seen.filter((used) => used > limit)).toEqual([]);
  const sum = (each: (one: { spent: string | null; reserved: string }) => string) => outcomes.flat().reduce((total, one) => total + unitsOf(each(one)), 0n);
  const [all, ...parts] = (await budgets.figures(parent, ...children)) as [Figures, ...Figures[]];
  expect([spentIn(all), unitsOf(all.reservedCents)]).toEqual([sum(({ spent }) => spent ?? '0'), sum(({ reserved }) => reserved)]);
  expect(parts.reduce((total, part) => total + spentIn(part), 0n)).toBe(spentIn(all));
  // There were more takers than money.
  expect(outcomes.flat().length).toBeLessThan(64 * 4);
  const [{ open } = { open: '' }] = await budgets.sql<{ open: string }>(`SELECT sum("remainingCents")::text AS open FROM "budgetReservations" WHERE "status" = 'OPEN' AND $1 = ANY("budgetIds")`, [parent]);
  expect(unitsOf(open)).toBe(unitsOf(all.reservedCents));
}, 15_000);

test('when all 64 want as much as there is, all at once, one gets it', async () => {
  const [agentId, teamId] = [newId('Agent'), newId('Team')];
  const ids = [await budgets.budget({ scopeId: agentId, amountCents: '1000' }), await budgets.budget({ scopeType: 'TEAM', scopeId: teamId, amountCents: '1000' })];
  const answers = await Promise.all(Array.from({ length: 64 }, (_, i) => budgets.ask('reserveBudget', { reservationId: `r${i}`, amountCents: '1000', agentId, teamId })));
  expect(answers.map(({ reservation }) => reservation.status).toSorted()).toEqual(['OPEN', ...Array(63).fill('REFUSED')]);
  expect(await budgets.figures(...ids)).toEqual(Array(2).fill({ spentCents: '0', reservedCents: '1000', overrunCents: '0' }));
});

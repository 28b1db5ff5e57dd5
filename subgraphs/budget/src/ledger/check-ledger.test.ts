import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation } from '@forge/testing';
import { aCall, startBudgets, type Budgets } from '../fixture/start-budgets.ts';

let budgets: Budgets;
beforeAll(async () => (budgets = await startBudgets()));
afterAll(() => budgets.close());

const query = 'query ($id: ID!) { budgetLedgerCheck(budgetId: $id) { budgetId entries spentCents reservedCents overrunCents matches firstFault } }';
const check = async (id: string, principal?: typeof anotherOrganisation) => (await budgets.graph.data(query, { id }, principal)).budgetLedgerCheck;
/** As somebody could who goes past the domain. */
const tamper = (statement: string, id: string) => budgets.sql(`ALTER TABLE "budgetTransactions" DISABLE TRIGGER USER; ${statement.replaceAll('$1', `'${id}'`)}; ALTER TABLE "budgetTransactions" ENABLE TRIGGER USER`);

async function aLedger(): Promise<string> {
  const [agentId, stepResultId] = [newId('Agent'), newId('StepResult')];
  const id = await budgets.budget({ scopeId: agentId });
  await budgets.ask('reserveBudget', { reservationId: stepResultId, stepResultId, amountCents: '30', agentId });
  await budgets.costs([aCall({ agentId, stepResultId, costCents: '95.5' })]);
  await budgets.costs([aCall({ agentId, costCents: '10' })]);
  await budgets.ask('adjustBudget', { budgetId: id, type: 'CREDIT', amountCents: '0.5', note: 'x' });
  return id;
}

test('a ledger is replayed to the budget\'s own figures', async () => {
  const id = await aLedger();
  expect(await check(id)).toEqual({ budgetId: id, entries: 5, spentCents: '99.5', reservedCents: '0', overrunCents: '5.5', matches: true, firstFault: null });
  expect(await check(await budgets.budget())).toMatchObject({ entries: 0, spentCents: '0', matches: true });
});

test.each([
  ['another amount', 'UPDATE "budgetTransactions" SET "amountCents" = 95.4 WHERE "budgetId" = $1 AND "sequence" = 3', 'entry 3 says that 95.5 cents are spent, the ledger comes to 95.4'],
  ['another balance on the way', 'UPDATE "budgetTransactions" SET "reservedAfterCents" = 7 WHERE "budgetId" = $1 AND "sequence" = 2', 'entry 2 says that 7 cents are reserved, the ledger comes to 0'],
  ['an entry that is gone', 'DELETE FROM "budgetTransactions" WHERE "budgetId" = $1 AND "sequence" = 5', 'entries 5 to 5 are missing'],
  ['one that is gone in between', 'DELETE FROM "budgetTransactions" WHERE "budgetId" = $1 AND "sequence" = 2', 'entry 2 is missing'],
  ['another figure of the budget', 'UPDATE "budgets" SET "overrunCents" = 5 WHERE "id" = $1', 'the budget says that 5 cents are overrun, the ledger comes to 5.5'],
])('%s is found out, and where', async (_, statement, firstFault) => {
  const id = await aLedger();
  await tamper(statement, id);
  expect(await check(id)).toMatchObject({ matches: false, firstFault });
});

test('a ledger of more than a page is read in pages, also while others go on booking', async () => {
  const agentId = newId('Agent');
  const id = await budgets.budget({ scopeId: agentId, amountCents: '1000000' });
  const costs = (count: number) => budgets.costs(Array.from({ length: count }, () => aCall({ agentId, costCents: '0.0000000001' })));
  for (let i = 0; i < 6; i++) await costs(1_000);
  budgets.graph.statements.clear();
  const checks = await Promise.all([check(id), ...Array.from({ length: 8 }, async (_, i) => (await costs(i + 1), check(id)))]);
  expect(checks.map(({ matches, firstFault }) => ({ matches, firstFault }))).toEqual(Array(9).fill({ matches: true, firstFault: null }));
  expect(await check(id)).toMatchObject({ entries: 6_036, spentCents: '0.0000006036' });
});

test('another organisation\'s ledger is not there; an id of something else is refused', async () => {
  expect(await check(await aLedger(), anotherOrganisation)).toBeNull();
  expect(await budgets.graph.ask(query, { id: newId('Team') })).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
});

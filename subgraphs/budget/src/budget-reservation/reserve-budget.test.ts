import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation } from '@forge/testing';
import { startBudgets, type Budgets } from '../fixture/start-budgets.ts';

let budgets: Budgets;
beforeEach(async () => (budgets = await startBudgets()));
afterEach(() => budgets.close());

const agentId = newId('Agent');
const reserve = (input: object = {}) => budgets.ask('reserveBudget', { reservationId: 'r1', amountCents: '30', agentId, ...input });
const held = (reservedCents: string, spentCents = '0') => ({ reservedCents, spentCents, overrunCents: '0' });

test('money is set aside in every budget that applies and in all that they draw from, at any depth, and nowhere else', async () => {
  const everything = await budgets.budget({ scopeType: 'GLOBAL' });
  const top = await budgets.budget();
  const middle = await budgets.budget({ parents: [top] });
  const own = await budgets.budget({ scopeId: agentId, parents: [middle, everything] });
  const teamId = newId('Team');
  const team = await budgets.budget({ scopeType: 'TEAM', scopeId: teamId });
  const other = await budgets.budget({ parents: [top] });
  const { reservation, userErrors } = await reserve({ teamId, amountCents: '7.3333333333' });
  expect({ reservation, userErrors }).toEqual({
    reservation: { id: 'r1', amountCents: '7.3333333333', remainingCents: '7.3333333333', status: 'OPEN', reason: null, budgetIds: [everything, top, middle, own, team].toSorted() }, userErrors: [],
  });
  expect(await budgets.figures(everything, top, middle, own, team, other)).toEqual([...Array(5).fill(held('7.3333333333')), held('0')]);
});

test('an organisation without a budget that applies is granted what it asks for', async () => {
  await budgets.budget();
  expect(await reserve({ amountCents: '1000000' })).toMatchObject({ reservation: { status: 'OPEN', budgetIds: [] }, userErrors: [] });
});

test('when one of them has too little left nothing is set aside in any, and the refusal names the tightest', async () => {
  const top = await budgets.budget({ name: 'All agents', amountCents: '20.5' });
  const own = await budgets.budget({ name: 'One agent', amountCents: '25', scopeId: agentId, parents: [top] });
  const reason = 'the budget "All agents" has 20.5 cents left, and 30 were asked for';
  expect(await reserve()).toEqual({
    reservation: { id: 'r1', amountCents: '30', remainingCents: '0', status: 'REFUSED', reason, budgetIds: [] },
    userErrors: [{ code: 'BUDGET_EXCEEDED', path: ['input', 'amountCents'], message: `amountCents: ${reason}` }],
  });
  expect(await budgets.figures(top, own)).toEqual([held('0'), held('0')]);
  expect(await reserve({ reservationId: 'r2', amountCents: '20.5' })).toMatchObject({ reservation: { status: 'OPEN' }, userErrors: [] });
});

test('what was refused stays so under its id, whatever has become of the budget; under another it is tried anew', async () => {
  const own = await budgets.budget({ amountCents: '10', scopeId: agentId });
  const refused = await reserve();
  await budgets.ask('updateBudget', { id: own, amountCents: '100' });
  expect(await reserve()).toEqual(refused);
  expect(await reserve({ reservationId: 'r2' })).toMatchObject({ userErrors: [] });
});

test('a budget without a hard limit counts and refuses nothing', async () => {
  const own = await budgets.budget({ amountCents: '1', hardLimit: false, scopeId: agentId });
  expect(await reserve()).toMatchObject({ userErrors: [] });
  expect(await budgets.figures(own)).toEqual([held('30')]);
});

test('a disabled budget is passed over, what it draws from is not', async () => {
  const top = await budgets.budget();
  const own = await budgets.budget({ amountCents: '1', enabled: false, scopeId: agentId, parents: [top] });
  expect(await reserve()).toMatchObject({ reservation: { budgetIds: [top] }, userErrors: [] });
  expect(await budgets.figures(top, own)).toEqual([held('30'), held('0')]);
});

test('asked for 16 times at once and again it is set aside once; with another input the id is a conflict', async () => {
  const own = await budgets.budget({ scopeId: agentId });
  const answers = [...await Promise.all(Array.from({ length: 16 }, () => reserve())), await reserve({ amountCents: '30.00' })];
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await reserve({ amountCents: '31' })).toMatchObject({ reservation: null, userErrors: [{ code: 'CONFLICT', path: ['input', 'reservationId'] }] });
  expect(await reserve({ runId: newId('WorkflowRun') })).toMatchObject({ reservation: null, userErrors: [{ code: 'CONFLICT' }] });
  expect(await budgets.figures(own)).toEqual([held('30')]);
});

test('a budget whose period is over is reset before it is asked', async () => {
  const own = await budgets.budget({ period: 'DAILY', scopeId: agentId });
  await budgets.ask('adjustBudget', { budgetId: own, type: 'DEBIT', amountCents: '90', note: 'x' });
  expect(await reserve()).toMatchObject({ userErrors: [{ code: 'BUDGET_EXCEEDED' }] });
  budgets.clock.now = new Date('2026-11-21T00:00:00.000Z');
  expect(await reserve({ reservationId: 'r2' })).toMatchObject({ userErrors: [] });
  expect(await budgets.ledger(own)).toMatchObject([{ type: 'DEBIT' }, { type: 'RESET', amount: '90', key: 'reset:2026-11-21T00:00:00.000Z' }, { type: 'RESERVE', amount: '30' }]);
});

test('every fault of an input comes at once, with its path', async () => {
  const { reservation, userErrors } = await reserve({ reservationId: 'x'.repeat(101), amountCents: '-1', agentId: newId('Team'), runId: 'run_1' });
  expect({ reservation, paths: userErrors.map(({ code, path }: { code: string; path: string[] }) => [code, path.at(-1)]) }).toEqual({
    reservation: null, paths: [['INVALID', 'reservationId'], ['INVALID', 'amountCents'], ['INVALID', 'agentId'], ['INVALID', 'runId']],
  });
});

test('what links many budgets is one lock: as many statements as for one', async () => {
  const statements = async (reservationId: string) => {
    budgets.graph.statements.clear();
    await reserve({ reservationId, amountCents: '0.1' });
    return budgets.graph.statements.texts.map((text) => text.split(' ')[0]);
  };
  const own = await budgets.budget({ scopeId: agentId });
  const few = await statements('few');
  for (let i = 0; i < 12; i++) await budgets.ask('linkBudgets', { parentId: await budgets.budget(), childId: own });
  expect(await statements('many')).toEqual(few);
  expect(few).toEqual(['BEGIN', 'SELECT', 'INSERT', 'WITH', 'WITH', 'COMMIT']);
});

test('another organisation reserves in its own budgets, under its own ids', async () => {
  const own = await budgets.budget({ scopeType: 'GLOBAL' });
  await reserve();
  expect(await budgets.ask('reserveBudget', { reservationId: 'r1', amountCents: '500', agentId }, anotherOrganisation)).toMatchObject({ reservation: { budgetIds: [] }, userErrors: [] });
  expect(await budgets.ask('releaseBudget', { reservationId: 'r1' }, anotherOrganisation)).toMatchObject({ reservation: { status: 'RELEASED', amountCents: '500' } });
  expect(await budgets.figures(own)).toEqual([held('30')]);
});

import { newId } from '@forge/subgraph-kit';
import { aCall, startBudgets, type Budgets } from '../fixture/start-budgets.ts';
import { anotherOrganisation } from '@forge/testing';

let budgets: Budgets;
beforeEach(async () => (budgets = await startBudgets()));
afterEach(() => budgets.close());

const [agentId, workflowId, runId] = [newId('Agent'), newId('Workflow'), newId('WorkflowRun')];
const figures = (spentCents: string, reservedCents = '0', overrunCents = '0') => ({ spentCents, reservedCents, overrunCents });
const requested = (stepResultId: string, amountCents = '30') => ({ stepResultId, runId, amountCents, workflowId, factoryId: null, gatewayId: null, agentId });
const reservationOf = async (stepResultId: string) => (await budgets.sql('SELECT "status"::text, trim_scale("remainingCents")::text AS remaining FROM "budgetReservations" WHERE "stepResultId" = $1', [stepResultId]))[0];

test('a call counts in every budget that applies and its ancestors, to the tenth decimal, and one that cost nothing is entered too', async () => {
  const [everything, top, other] = [await budgets.budget({ scopeType: 'GLOBAL' }), await budgets.budget(), await budgets.budget()];
  const own = await budgets.budget({ scopeId: agentId, parents: [top] });
  const calls = [aCall({ agentId, runId, costCents: '0.0454371377' }), aCall({ workflowId, costCents: '2' }), aCall({ agentId, costCents: '0' })];
  await budgets.costs(calls);
  expect(await budgets.figures(everything, top, own, other)).toEqual([figures('2.0454371377'), figures('0.0454371377'), figures('0.0454371377'), figures('0')]);
  expect(await budgets.ledger(own)).toEqual([{ type: 'DEBIT', amount: '0.0454371377', key: `token:${calls[0]?.tokenEventId ?? ''}` }, { type: 'DEBIT', amount: '0', key: `token:${calls[2]?.tokenEventId ?? ''}` }]);
  const { tokenEvent: [{ budgetTransactions: { nodes } }] } = await budgets.graph.data(
    'query ($calls: [_Any!]!) { tokenEvent: _entities(representations: $calls) { ... on TokenEvent { budgetTransactions { nodes { type run { id } budget { id } } } } } }',
    { calls: [{ __typename: 'TokenEvent', id: calls[0]?.tokenEventId }] },
  );
  expect(nodes).toEqual(expect.arrayContaining([everything, top, own].map((id) => ({ type: 'DEBIT', run: { id: runId }, budget: { id } }))));
});

test('what a call costs is taken out of its attempt\'s reservation, and at its end the rest is freed', async () => {
  const own = await budgets.budget({ scopeId: agentId });
  const stepResultId = newId('StepResult');
  const call = (costCents: string) => aCall({ agentId, stepResultId, costCents });
  await budgets.request(requested(stepResultId));
  await budgets.costs([call('10'), call('5.5')]);
  expect([await budgets.figures(own), await reservationOf(stepResultId)]).toEqual([[figures('15.5', '14.5')], { status: 'OPEN', remaining: '14.5' }]);
  await budgets.costs([call('1')], stepResultId);
  expect([await budgets.figures(own), await reservationOf(stepResultId)]).toEqual([[figures('16.5')], { status: 'SETTLED', remaining: '0' }]);
  expect((await budgets.ledger(own)).map(({ type, amount }) => `${type} ${amount}`)).toEqual(['RESERVE 30', 'RELEASE 10', 'DEBIT 10', 'RELEASE 5.5', 'DEBIT 5.5', 'RELEASE 1', 'DEBIT 1', 'RELEASE 13.5']);
});

test('what an attempt costs more than it has reserved never eats what others have: it is spent past the limit', async () => {
  const own = await budgets.budget({ scopeId: agentId });
  const [mine, another] = [newId('StepResult'), newId('StepResult')];
  await budgets.request(requested(mine, '30'));
  await budgets.request(requested(another, '60'));
  await budgets.costs([aCall({ agentId, stepResultId: mine, costCents: '55' })], mine);
  expect(await budgets.figures(own)).toEqual([figures('40', '60', '15')]);
  expect(await budgets.graph.data('query ($id: ID!) { budget(id: $id) { transactions(orderBy: [{ field: SEQUENCE }]) { nodes { sequence type amountCents overrunCents } } } }', { id: own })).toMatchObject({
    budget: { transactions: { nodes: [{ sequence: 1 }, { sequence: 2 }, { sequence: 3, type: 'RELEASE', amountCents: '30' }, { sequence: 4, type: 'DEBIT', amountCents: '40', overrunCents: '15' }] } },
  });
});

test('a debit a second after midnight is one of the new day, though nothing has reset the budget yet and the call is of yesterday', async () => {
  const own = await budgets.budget({ scopeId: agentId, period: 'DAILY', alertThresholds: [50] });
  await budgets.costs([aCall({ agentId, costCents: '120' })]);
  budgets.clock.now = new Date('2026-11-21T00:00:01.000Z');
  await budgets.costs([aCall({ agentId, costCents: '60', occurredAt: '2026-11-20T23:59:59.000Z' })]);
  expect(await budgets.figures(own)).toEqual([figures('60')]);
  expect((await budgets.ledger(own)).map(({ type, amount }) => `${type} ${amount}`)).toEqual(['DEBIT 100', 'RESET 100', 'DEBIT 60']);
  const { budget } = await budgets.graph.data('query ($id: ID!) { budget(id: $id) { periodStart lastResetAt alerts { nodes { status periodStart } } } }', { id: own });
  expect(budget).toEqual({
    periodStart: '2026-11-21T00:00:00.000Z', lastResetAt: '2026-11-21T00:00:01.000Z',
    alerts: { nodes: expect.arrayContaining([{ status: 'RESOLVED', periodStart: '2026-11-20T00:00:00.000Z' }, { status: 'OPEN', periodStart: '2026-11-21T00:00:00.000Z' }]) },
  });
});

test('two thresholds that one call reaches are two alerts', async () => {
  await budgets.budget({ scopeId: agentId });
  await budgets.costs([aCall({ agentId, costCents: '85' })]);
  expect(await budgets.graph.data('{ budgetAlerts { nodes { spentCents } } }')).toEqual({ budgetAlerts: { nodes: [{ spentCents: '85' }, { spentCents: '85' }] } });
});

test('a disabled budget counts nothing, what it draws from does', async () => {
  const top = await budgets.budget();
  const own = await budgets.budget({ scopeId: agentId, enabled: false, parents: [top] });
  await budgets.costs([aCall({ agentId })]);
  expect(await budgets.figures(own, top)).toEqual([figures('0'), figures('1')]);
});

test('a team\'s reservation has the calls of its attempt counted for the team, though they do not name it', async () => {
  const [teamId, stepResultId] = [newId('Team'), newId('StepResult')];
  const team = await budgets.budget({ scopeType: 'TEAM', scopeId: teamId });
  await budgets.ask('reserveBudget', { reservationId: 'r1', amountCents: '30', teamId, stepResultId });
  await budgets.costs([aCall({ stepResultId, costCents: '12' })]);
  expect(await budgets.figures(team)).toEqual([figures('12', '18')]);
  await budgets.costs([aCall({ stepResultId, costCents: '20' })], stepResultId);
  expect(await budgets.figures(team)).toEqual([figures('32')]);
});

test('another organisation\'s calls count in its own budgets alone, and free nobody else\'s reservation', async () => {
  const own = await budgets.budget({ scopeType: 'GLOBAL' });
  const stepResultId = newId('StepResult');
  await budgets.request(requested(stepResultId));
  await budgets.costs([aCall({ agentId, stepResultId, costCents: '5' })], stepResultId, anotherOrganisation.orgId);
  expect(await budgets.figures(own)).toEqual([figures('0', '30')]);
});

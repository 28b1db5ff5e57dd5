import { newId } from '@forge/subgraph-kit';
import { aCall, orgId, startBudgets, type Budgets } from '../fixture/start-budgets.ts';
import { bookCalls } from '../ledger/book-calls.ts';
import { unitsOf } from '../ledger/money.ts';

let budgets: Budgets;
let [agentId, workflowId] = ['', ''];
beforeAll(async () => (budgets = await startBudgets()));
beforeEach(() => ([agentId, workflowId] = [newId('Agent'), newId('Workflow')]));
afterAll(() => budgets.close());

const runId = newId('WorkflowRun');
const figures = (spentCents: string, reservedCents = '0', overrunCents = '0') => ({ spentCents, reservedCents, overrunCents });
const requested = (stepResultId: string, amountCents = '30') => ({ stepResultId, runId, amountCents, workflowId, factoryId: null, gatewayId: null, agentId });
const reservationOf = async (stepResultId: string) => (await budgets.sql('SELECT "status"::text, trim_scale("remainingCents")::text AS remaining FROM "budgetReservations" WHERE "stepResultId" = $1', [stepResultId]))[0];

test.each([
  ['in order', ['request', 'cost', 'more', 'end']], ['costs before the reservation', ['cost', 'request', 'end', 'more']],
  ['the end before the reservation', ['end', 'request', 'more', 'cost']], ['backwards', ['end', 'more', 'cost', 'request']],
])('%s, and each five times at once: the same figures', async (_, order) => {
  const top = await budgets.budget({ amountCents: '1000' });
  const own = await budgets.budget({ scopeId: agentId, amountCents: '1000', parents: [top] });
  const stepResultId = newId('StepResult');
  const call = (costCents: string) => aCall({ agentId, stepResultId, costCents });
  const [cost, more, last] = [[call('7.3333333333'), call('1')], [call('20')], [call('0.5')]];
  const deliveries: Record<string, () => Promise<unknown>> = {
    request: () => budgets.request(requested(stepResultId)), cost: () => budgets.costs(cost), more: () => budgets.costs(more), end: () => budgets.costs(last, stepResultId),
  };
  for (const event of order) await Promise.all(Array.from({ length: 5 }, async () => deliveries[event]?.()));
  expect(await budgets.figures(own, top)).toEqual(Array(2).fill(figures('28.8333333333')));
  expect((await reservationOf(stepResultId))?.['remaining']).toBe('0');
});

test('a call of which budgets have been told is not entered again, not even in a budget that is new since', async () => {
  const own = await budgets.budget({ scopeId: agentId });
  const call = aCall({ agentId, workflowId });
  await budgets.costs([call, call]);
  const late = await budgets.budget({ scopeType: 'WORKFLOW', scopeId: workflowId });
  await budgets.costs([call, aCall({ workflowId, costCents: '3' })]);
  expect(await budgets.figures(own, late)).toEqual([figures('1'), figures('3')]);
});

test('each threshold is told of once in a period, when it is reached, also when ten debits reach it at once', async () => {
  const own = await budgets.budget({ name: 'An agent', scopeId: agentId, hardLimit: false });
  await Promise.all(Array.from({ length: 10 }, () => budgets.costs([aCall({ agentId, runId, costCents: '9' })])));
  const told = await budgets.told('platform.event.occurred', own);
  expect(told.map(({ data }) => [data['severity'], (data['payload'] as { thresholdPercent: number }).thresholdPercent])).toEqual([['WARNING', 50], ['WARNING', 80]]);
  // Ten cents more reach the last; then there is nothing new to tell.
  for (let i = 0; i < 2; i++) await budgets.costs([aCall({ agentId, runId, costCents: '10' })]);
  expect((await budgets.told('platform.event.occurred', own)).slice(2)).toEqual([{
    subject: own,
    data: {
      type: 'budget.threshold.reached', severity: 'ERROR', displayLabel: 'Budget "An agent": 100 % reached, 100 of 100 cents', runId, agentId: null, gatewayId: null,
      payload: { alertId: expect.stringMatching(/^bal_/), budgetId: own, name: 'An agent', thresholdPercent: 100, spentCents: '100', amountCents: '100', periodStart: '2026-11-01T00:00:00.000Z' },
    },
  }]);
  expect(await budgets.graph.data('query ($id: ID!) { budget(id: $id) { alerts { nodes { thresholdPercent spentCents status } } } }', { id: own })).toEqual({
    budget: { alerts: { nodes: expect.arrayContaining([{ thresholdPercent: 50, spentCents: '54', status: 'OPEN' }, { thresholdPercent: 80, spentCents: '81', status: 'OPEN' }, { thresholdPercent: 100, spentCents: '100', status: 'OPEN' }]) } },
  });
});

test('all events of forty attempts at once, told twice, in batches that mix them: what was spent is what the calls cost, and nothing stays reserved', async () => {
  const agents = Array.from({ length: 5 }, () => newId('Agent'));
  const everything = await budgets.budget({ amountCents: '100000' });
  const own = await Promise.all(agents.map((scopeId) => budgets.budget({ scopeId, amountCents: '100000', parents: [everything] })));
  const attempts = Array.from({ length: 40 }, (_, i) => ({ stepResultId: newId('StepResult'), agentId: agents[i % 5] as string }));
  const call = (i: number) => aCall({ ...attempts[i % 40], costCents: '3.3333333333' });
  const batches = Array.from({ length: 20 }, (_, i) => [i, i + 20, i + 7].map(call));
  const deliveries = [
    ...attempts.map(({ stepResultId, agentId: of }) => () => budgets.request({ ...requested(stepResultId, '7.7777777777'), agentId: of })),
    ...batches.map((batch) => () => budgets.costs(batch)),
    ...attempts.map(({ stepResultId }, i) => { const last = [call(i)]; return () => budgets.costs(last, stepResultId); }),
  ];
  const anyOrder = deliveries.flatMap((deliver) => [deliver, deliver]).map((deliver, i) => ({ deliver, place: (i * 7919) % 199 })).toSorted((a, b) => a.place - b.place);
  await Promise.all(anyOrder.map(({ deliver }) => deliver()));
  const [all, ...each] = await budgets.figures(everything, ...own);
  expect(all).toEqual(figures('333.33333333'));
  expect(each.map(({ reservedCents }) => reservedCents)).toEqual(Array(5).fill('0'));
  expect(each.reduce((sum, { spentCents }) => sum + unitsOf(spentCents), 0n)).toBe(unitsOf('333.33333333'));
}, 15_000);

test('a delivery that dies before it is committed has counted nothing, and counts once when it comes again', async () => {
  const own = await budgets.budget({ scopeId: agentId, alertThresholds: [1] });
  const stepResultId = newId('StepResult');
  await budgets.request(requested(stepResultId));
  const calls = [aCall({ agentId, stepResultId, costCents: '5' })];
  const dying = budgets.prisma.$transaction(async (tx) => {
    await bookCalls(tx, orgId, calls, stepResultId, budgets.clock.now);
    await tx.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())::text`;
  });
  await expect(dying).rejects.toThrow();
  expect([await budgets.figures(own), await budgets.told('platform.event.occurred', own)]).toEqual([[figures('0', '30')], []]);
  await budgets.costs(calls, stepResultId);
  expect([await budgets.figures(own), (await budgets.told('platform.event.occurred', own)).length]).toEqual([[figures('5')], 1]);
});

test('a thousand calls are as many statements as one, and add up', async () => {
  const everything = await budgets.budget({ amountCents: '1000000' });
  const agents = Array.from({ length: 20 }, () => newId('Agent'));
  const own: string[] = [];
  for (const scopeId of agents) own.push(await budgets.budget({ scopeId, amountCents: '1000000', parents: [everything] }));
  const stepResultId = newId('StepResult');
  await budgets.request(requested(stepResultId, '5000'));
  const countStatements = async (calls: Parameters<Budgets['costs']>[0], ended: string | null) => {
    let count = 0;
    await budgets.prisma.$transaction((tx) => {
      const counting = new Proxy(tx, { get: (target, name) => (name === '$queryRaw' && count++, Reflect.get(target, name)) });
      return bookCalls(counting, orgId, calls, ended, budgets.clock.now);
    });
    return count;
  };
  const few = await countStatements([aCall({ agentId: agents[0] ?? null, stepResultId })], null);
  const calls = Array.from({ length: 1_000 }, (_, i) => aCall({ agentId: agents[i % 20] ?? null, stepResultId, costCents: '7.3333333333' }));
  const many = await countStatements(calls, stepResultId);
  expect([few, many]).toEqual([5, 6]);
  const [all, ...each] = await budgets.figures(everything, ...own);
  expect(all).toEqual(figures('7334.3333333'));
  expect(each.reduce((sum, { spentCents }) => sum + unitsOf(spentCents), 0n)).toBe(unitsOf('7334.3333333'));
}, 15_000);


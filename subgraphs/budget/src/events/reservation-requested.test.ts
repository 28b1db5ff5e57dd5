import { newId } from '@forge/subgraph-kit';
import { startBudgets, type Budgets } from '../fixture/start-budgets.ts';

let budgets: Budgets;
beforeEach(async () => (budgets = await startBudgets()));
afterEach(() => budgets.close());

const [agentId, workflowId, factoryId, gatewayId, runId] = [newId('Agent'), newId('Workflow'), newId('Factory'), newId('Gateway'), newId('WorkflowRun')];
const aRequest = (about: object = {}) => ({ stepResultId: newId('StepResult'), runId, amountCents: '30', workflowId, factoryId: null, gatewayId, agentId, ...about });
const answers = async () => (await budgets.told('budget.reservation.answered')).map(({ subject, data }) => ({ subject, ...data } as { subject: string; granted: boolean }));
const reserved = async (...ids: string[]) => (await budgets.figures(...ids)).map(({ reservedCents }) => reservedCents);

test('a step that asks for money is granted it, in every budget of its workflow, factory, gateway and agent', async () => {
  const ids = [
    await budgets.budget({ scopeId: agentId }), await budgets.budget({ scopeType: 'WORKFLOW', scopeId: workflowId }), await budgets.budget({ scopeType: 'FACTORY', scopeId: factoryId }),
    await budgets.budget({ scopeType: 'GATEWAY', scopeId: gatewayId }), await budgets.budget({ scopeType: 'GLOBAL' }), await budgets.budget(),
  ];
  const request = aRequest({ factoryId });
  await budgets.request(request);
  expect(await answers()).toEqual([{ subject: runId, stepResultId: request.stepResultId, runId, granted: true, reason: null }]);
  expect(await reserved(...ids)).toEqual(['30', '30', '30', '30', '30', '0']);
});

test('a refusal says which budget is the tightest, and asked again for the same attempt it is the same', async () => {
  const own = await budgets.budget({ name: 'An agent', scopeId: agentId, amountCents: '29.9999999999' });
  const request = aRequest();
  await budgets.request(request);
  await budgets.ask('updateBudget', { id: own, amountCents: '50' });
  await budgets.request(request);
  const refusal = { subject: runId, stepResultId: request.stepResultId, runId, granted: false, reason: 'the budget "An agent" has 29.9999999999 cents left, and 30 were asked for' };
  expect(await answers()).toEqual([refusal, refusal]);
  await budgets.request(aRequest());
  expect((await answers()).at(-1)).toMatchObject({ granted: true });
  expect(await reserved(own)).toEqual(['30']);
});

test('twenty steps at once of which three can be paid for: three are granted', async () => {
  const own = await budgets.budget({ scopeId: agentId });
  await Promise.all(Array.from({ length: 20 }, () => budgets.request(aRequest())));
  expect((await answers()).filter(({ granted }) => granted)).toHaveLength(3);
  expect(await reserved(own)).toEqual(['90']);
});

test('a request that comes when its attempt is over takes nothing, and says so', async () => {
  const own = await budgets.budget({ scopeId: agentId });
  const request = aRequest();
  await budgets.costs([], request.stepResultId);
  await budgets.request(request);
  expect(await answers()).toMatchObject([{ granted: false, reason: 'the attempt was over before its reservation came' }]);
  expect(await reserved(own)).toEqual(['0']);
});

test('an answer that cannot be told leaves nothing reserved', async () => {
  const own = await budgets.budget({ scopeId: agentId });
  await budgets.sql(`ALTER TABLE "eventOutbox" ADD CONSTRAINT away CHECK ("type" <> 'budget.reservation.answered')`);
  await expect(budgets.request(aRequest())).rejects.toThrow('away');
  expect(await reserved(own)).toEqual(['0']);
});

import type { EventData } from '@forge/events';
import { newId } from '@forge/subgraph-kit';
import { orgId, otherOrgId, startAnalytics, type Analytics } from '../fixture/analytics.ts';
import { createCalls, type Call } from '../fixture/calls.ts';
import { compactAggregates } from '../jobs/compact-aggregates.ts';

let analytics: Analytics;
beforeEach(async () => (analytics = await startAnalytics()));
afterEach(() => analytics.close());

const { aCall } = createCalls();

/** The end of an attempt, and the calls it made as they are counted. */
function anAttempt(...given: Partial<Call>[]): { calls: Call[]; data: EventData<'workflow.attempt.ended'> } {
  const { workflowId, agentId, gatewayId, workerId, factoryId } = aCall();
  const attempt = { runId: newId('WorkflowRun'), workflowId, agentId, gatewayId, workerId, factoryId };
  const calls = given.map((call) => aCall({ ...attempt, ...call }));
  const reported = calls.map(({ idempotencyKey, modelId, inputTokens, outputTokens, cachedInputTokens, thinkingTokens, succeeded, occurredAt }) => (
    { idempotencyKey, modelId, inputTokens, outputTokens, cachedInputTokens, thinkingTokens, succeeded, occurredAt: occurredAt.toISOString() }
  ));
  return { calls, data: { ...attempt, stepResultId: newId('StepResult'), stepId: 'draft', calls: reported } };
}

async function expectToAddUp(calls: readonly Call[]) {
  const { stored, expected } = await analytics.compare(calls);
  expect(stored).toEqual(expected);
}

test('the calls of an attempt are priced, stored under all it says of itself, and added up', async () => {
  const { calls, data } = anAttempt({}, {});
  await analytics.deliver(data);
  await expectToAddUp(calls);
  const { runId, stepResultId, workflowId, agentId, gatewayId, workerId, factoryId } = data;
  const scope = { runId, stepResultId, workflowId, agentId, gatewayId, workerId, factoryId };
  expect(await analytics.prisma.tokenEvent.findMany()).toMatchObject([{ ...scope, orgId, stepId: 'draft' }, { ...scope, orgId, stepId: 'draft' }]);
  expect(await analytics.told()).toMatchObject([{ subject: runId, payload: { endedStepResultId: stepResultId, calls: [scope, scope] } }]);
});

test('reports that come five times, at once and in any order, change nothing after the first; each says that the attempt is over', async () => {
  const [one, two] = [anAttempt({}, { occurredAt: new Date('2026-11-20T09:00:00.000Z') }), anAttempt({})];
  const later = { ...one.data, calls: one.data.calls.slice(1) };
  await Promise.all([later, two.data, one.data, two.data, one.data].map((data) => analytics.deliver(data)));
  for (let i = 0; i < 3; i++) for (const { data } of [two, one]) await analytics.deliver(data);
  await expectToAddUp([...one.calls, ...two.calls]);

  const told = (await analytics.told()).map(({ payload }) => payload);
  expect(new Set(told.flatMap(({ calls }) => calls).map(({ tokenEventId }) => tokenEventId)).size).toBe(3);
  expect(told.flatMap(({ calls }) => calls)).toHaveLength(3);
  expect(told.map(({ endedStepResultId }) => endedStepResultId).filter((id) => id === one.data.stepResultId)).toHaveLength(6);
});

test('a call that the runtime has recorded itself under the same key is not counted again', async () => {
  const { calls, data } = anAttempt({});
  await analytics.record(calls);
  await analytics.deliver(data);
  await expectToAddUp(calls);
  expect((await analytics.told()).map(({ payload }) => payload.calls.length)).toEqual([1, 0]);
});

test('an attempt that made no calls is told of all the same', async () => {
  const { data } = anAttempt();
  await analytics.deliver(data);
  expect(await analytics.told()).toEqual([{ subject: data.runId, payload: { calls: [], endedStepResultId: data.stepResultId } }]);
});

test('1,001 calls are told of in two events, of which the last says that the attempt is over', async () => {
  const { calls, data } = anAttempt(...Array.from({ length: 1_001 }, () => ({})));
  await analytics.deliver(data);
  await expectToAddUp(calls);
  expect((await analytics.told()).map(({ payload }) => [payload.calls.length, payload.endedStepResultId])).toEqual([[1_000, null], [1, data.stepResultId]]);
});

test('a model without a price stops the whole attempt, until there is a price', async () => {
  const modelId = newId('Model');
  const { data } = anAttempt({}, { modelId });
  await expect(analytics.deliver(data)).rejects.toThrow(`model ${modelId} has no price at 2026-11-20T11:00:00.000Z`);
  expect([await analytics.prisma.tokenEvent.count(), await analytics.prisma.costAggregate.count(), await analytics.told()]).toEqual([0, 0, []]);
  await analytics.prisma.modelPrice.create({
    data: { id: newId('ModelPrice'), orgId, modelId, inputPrice: '1', outputPrice: '1', effectiveFrom: new Date('2026-01-01T00:00:00Z'), source: 'test' },
  });
  await analytics.deliver(data);
  expect(await analytics.prisma.tokenEvent.count()).toBe(2);
});

test('a price of another organisation is none', async () => {
  const { data } = anAttempt({});
  await analytics.prisma.modelPrice.deleteMany({ where: { orgId: otherOrgId } });
  await expect(analytics.deliver(data, otherOrgId)).rejects.toThrow('has no price');
});

test('calls too old to be recorded are taken, each in the bucket that holds its moment: a week, a day, an hour', async () => {
  const recorded = aCall();
  await analytics.record([recorded]);
  await compactAggregates(analytics.prisma, analytics.clock.now);
  // A Wednesday, its Monday, and the hours to either side of the borders.
  const times = ['2026-07-15T10:20:30.400Z', '2026-07-13T00:00:00.000Z', '2026-08-16T23:59:59.999Z', '2026-08-17T00:00:00.000Z', '2026-10-20T23:59:59.999Z', '2026-10-21T00:00:00.000Z'];
  const { calls, data } = anAttempt(...times.map((time) => ({ occurredAt: new Date(time) })));
  await expect(analytics.record(calls)).rejects.toThrow('more than 90 days back');
  await analytics.deliver(data);
  const { stored, expected } = await analytics.compare([recorded, ...calls]);
  expect(stored).toEqual(expected);
  expect(stored.filter(({ scopeType }) => scopeType === 'GLOBAL').slice(0, 5).map(({ period, bucketStart, eventCount }) => [period, bucketStart.toISOString(), eventCount])).toEqual([
    ['WEEKLY', '2026-07-13T00:00:00.000Z', 2n], ['WEEKLY', '2026-08-10T00:00:00.000Z', 1n], ['DAILY', '2026-08-17T00:00:00.000Z', 1n],
    ['DAILY', '2026-10-20T00:00:00.000Z', 1n], ['HOURLY', '2026-10-21T00:00:00.000Z', 1n],
  ]);
});

import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation } from '@forge/testing';
import { orgId, startAnalytics, type Analytics } from '../fixture/analytics.ts';
import { createCalls } from '../fixture/calls.ts';
import { countedRunRetention } from './counted-run-retention.ts';
import { dropOldTokenEvents } from './token-event-retention.ts';

let analytics: Analytics;
beforeEach(async () => (analytics = await startAnalytics('2026-08-01T12:00:00.000Z')));
afterEach(() => analytics.close());

const { aCall } = createCalls();
const none = { workflowId: null, agentId: null, gatewayId: null, workerId: null, factoryId: null };
const runsLeft = async () => new Set((await analytics.prisma.scopeRun.findMany()).map(({ runId }) => runId));

test('a run is forgotten when its first call is 100 days old and none is left, with all its scopes', async () => {
  const [ended, goesOn, young] = [newId('WorkflowRun'), newId('WorkflowRun'), newId('WorkflowRun')];
  const at = (time: string, runId: string) => aCall({ ...none, runId, occurredAt: new Date(time) });
  await analytics.record([at('2026-07-31T10:00:00Z', ended), at('2026-08-01T11:00:00Z', ended), at('2026-07-31T10:00:00Z', goesOn)]);
  analytics.clock.now = new Date('2026-08-20T12:00:00.000Z');
  const later = [at('2026-08-20T10:00:00Z', goesOn), at('2026-08-20T10:00:00Z', young)];
  await analytics.record(later);
  const now = new Date('2026-11-12T04:00:00.000Z');
  await dropOldTokenEvents(analytics.prisma, now);
  // Two scopes: GLOBAL and the model's.
  expect(await countedRunRetention.count(analytics.prisma, now)).toEqual([{ orgId, rows: 3 }]);
  expect(await countedRunRetention.remove(analytics.prisma, now)).toEqual([{ orgId, rows: 3 }]);
  expect(await runsLeft()).toEqual(new Set([goesOn, young]));
  expect(await countedRunRetention.remove(analytics.prisma, now)).toEqual([]);
  expect(await analytics.differences()).toEqual([]);
});

test('1,200 runs of one organisation go in steps, four at once remove each once, and another organisation is told of its own', async () => {
  const calls = Array.from({ length: 1_200 }, () => aCall({ ...none, runId: newId('WorkflowRun'), modelId: aCall().modelId, occurredAt: new Date('2026-08-01T11:00:00Z') }));
  await analytics.record(calls.slice(0, 1_000));
  await analytics.record(calls.slice(1_000));
  await analytics.record(calls.slice(0, 1), anotherOrganisation);
  const now = new Date('2026-12-01T04:00:00.000Z');
  await dropOldTokenEvents(analytics.prisma, now);
  const removed = (await Promise.all(Array.from({ length: 4 }, () => countedRunRetention.remove(analytics.connect(), now)))).flat();
  const rowsOf = (org: string) => removed.filter((each) => each.orgId === org).reduce((all, { rows }) => all + rows, 0);
  expect([rowsOf(orgId), rowsOf(anotherOrganisation.orgId)]).toEqual([2_400, 2]);
  expect((await runsLeft()).size).toBe(0);
});

import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation } from '@forge/testing';
import { orgId, otherOrgId, startAnalytics, type Analytics } from '../fixture/analytics.ts';
import { createCalls, type Call } from '../fixture/calls.ts';

let analytics: Analytics;
beforeEach(async () => (analytics = await startAnalytics()));
afterEach(() => analytics.close());

const { aCall, below, oneOf } = createCalls();
const minutesBefore = (minutes: number) => new Date(Date.parse('2026-11-20T12:00:00.000Z') - minutes * 60_000);

async function expectToAddUp(calls: readonly Call[], org = orgId) {
  const { stored, expected } = await analytics.compare(calls, org);
  expect(stored).toEqual(expected);
  return stored;
}

/** The hours of a scope in which runs count, with how many. */
const runsByHour = async (scopeType: string) => Object.fromEntries((await analytics.sql<{ bucketStart: Date; runCount: number }>(
  `SELECT "bucketStart", "runCount" FROM "costAggregates" WHERE "scopeType"::text = $1 AND "runCount" > 0 ORDER BY 1`, [scopeType],
)).map(({ bucketStart, runCount }) => [bucketStart.toISOString().slice(0, 13), runCount]));

test('sixteen batches at once over the same hours, half of each the same calls, add up', async () => {
  const runs = Array.from({ length: 5 }, () => newId('WorkflowRun'));
  const some = () => Array.from({ length: 20 }, () => aCall({ occurredAt: minutesBefore(below(300)), runId: oneOf(runs) }));
  const common = some();
  const batches = Array.from({ length: 16 }, (_, i) => [...(i % 2 ? common : common.toReversed()), ...some()]);
  const counts = await Promise.all(batches.map((batch) => analytics.record(batch)));
  expect(counts.reduce((all, count) => all + count, 0)).toBe(17 * 20);
  await expectToAddUp([...common, ...batches.flatMap((batch) => batch.slice(20))]);
});

test('a batch that comes again adds nothing, one that is half new adds its half', async () => {
  const [first, second] = [[aCall(), aCall()], [aCall()]];
  for (let i = 0; i < 5; i++) await analytics.record(first);
  await analytics.record([...first, ...second]);
  await expectToAddUp([...first, ...second]);
  expect((await analytics.told()).map(({ payload }) => payload.calls.length)).toEqual([2, 1]);
});

test('a refused batch adds nothing and tells nobody', async () => {
  await analytics.record([aCall({ idempotencyKey: 'known' })]);
  const before = await analytics.sql('SELECT * FROM "costAggregates"');
  await expect(analytics.record([aCall(), aCall({ idempotencyKey: 'known' })])).rejects.toThrow('was used before for another event');
  expect(await analytics.sql('SELECT * FROM "costAggregates"')).toEqual(before);
  expect(await analytics.told()).toHaveLength(1);
});

test('a run counts in the hour of its first call of a scope, once; an earlier call that comes later takes the count along', async () => {
  const [runId, agentId] = [newId('WorkflowRun'), newId('Agent')];
  const at = (hour: string, call: Partial<Call> = {}) => aCall({ occurredAt: new Date(`2026-11-20T${hour}:30:00.000Z`), runId, agentId, ...call });
  const calls = [at('08'), at('09'), at('10')];
  await analytics.record([at('09', { ...calls[1] }), at('10', { ...calls[2] })]);
  expect(await runsByHour('AGENT')).toEqual({ '2026-11-20T09': 1 });
  await analytics.record(calls.slice(0, 1));
  expect(await runsByHour('AGENT')).toEqual({ '2026-11-20T08': 1 });

  // Of another agent: earlier in the organisation, not for the first agent.
  calls.push(at('07', { agentId: newId('Agent') }));
  await analytics.record(calls.slice(-1));
  expect([await runsByHour('GLOBAL'), await runsByHour('AGENT')]).toEqual([{ '2026-11-20T07': 1 }, { '2026-11-20T07': 1, '2026-11-20T08': 1 }]);
  await expectToAddUp(calls);
});

test('the calls of a run, one in a batch, in any order and at once, count it once', async () => {
  const runId = newId('WorkflowRun');
  const calls = Array.from({ length: 12 }, (_, i) => aCall({ runId, occurredAt: minutesBefore(i * 47) }));
  await Promise.all(calls.map((call) => analytics.record([call])));
  const stored = await expectToAddUp(calls);
  expect(stored.filter(({ scopeType, runCount }) => scopeType === 'GLOBAL' && runCount > 0).map(({ runCount }) => runCount)).toEqual([1n]);
});

test('calls outside of runs count no run', async () => {
  await analytics.record([aCall(), aCall()]);
  expect(await runsByHour('GLOBAL')).toEqual({});
});

test('what another organisation records under the same keys and run is its own', async () => {
  const calls = [aCall({ runId: newId('WorkflowRun') })];
  await analytics.record(calls);
  await analytics.record(calls, anotherOrganisation);
  await expectToAddUp(calls);
  await expectToAddUp(calls, otherOrgId);
});

test('others are told of the new calls in one event, whose subject is the run when there is one', async () => {
  const runId = newId('WorkflowRun');
  const [one, two, three] = [aCall({ runId }), aCall({ runId }), aCall()];
  await analytics.record([one, two]);
  await analytics.record([two, three]);
  await analytics.record([aCall(), aCall({ runId })]);
  const events = await analytics.sql<{ id: string; costCents: string; idempotencyKey: string }>('SELECT "id", "costCents"::text, "idempotencyKey" FROM "tokenEvents"');
  const idOf = ({ idempotencyKey }: Call) => events.find((event) => event.idempotencyKey === idempotencyKey)?.id;
  const [first, second, third] = await analytics.told();
  expect(first).toMatchObject({ subject: runId, payload: { endedStepResultId: null, calls: [{ tokenEventId: idOf(one), runId }, { tokenEventId: idOf(two), runId }] } });
  expect(second).toMatchObject({ subject: idOf(three), payload: { calls: [{ tokenEventId: idOf(three), costCents: events.find(({ id }) => id === idOf(three))?.costCents, agentId: three.agentId }] } });
  expect(third?.subject).toBe(third?.payload.calls[0]?.tokenEventId);
});

import type { EventData } from '@forge/events';
import { newId } from '@forge/subgraph-kit';
import { runSql } from '@forge/testing';
import { setTimeout } from 'node:timers/promises';
import { lockRun } from '../engine/run.ts';
import { demoOrgId } from '../workflow/fixture.ts';
import { dice } from '../engine/fixture/dice.ts';
import { startRuntime, type Runtime } from '../engine/fixture/runtime.ts';

type Call = EventData<'analytics.costs.recorded'>['calls'][number];

let runtime: Runtime;
let workflowId: string;
beforeAll(async () => {
  runtime = await startRuntime();
  workflowId = await runtime.publish('  - { id: work, role: clerk, command: c }');
});
afterAll(() => runtime.close());

const aCall = (keys: Partial<Call> = {}): Call => ({
  runId: null, stepResultId: null, agentId: null, workerId: null, workflowId: null, factoryId: null, gatewayId: null, tokenEventId: newId('TokenEvent'), inputTokens: 10, outputTokens: 3, costCents: '0.3333333333',
  occurredAt: runtime.clock.now.toISOString(), ...keys,
});
const tell = (calls: Call[], event: { id?: string; orgId?: string } = {}) => runtime.tell('analytics.costs.recorded', { ...event, data: { calls, endedStepResultId: null } });
const totals = async (...ids: string[]) => Promise.all(ids.map(async (id) => {
  const { totalCostCents, totalTokens } = await runtime.run(id);
  return [totalCostCents, totalTokens];
}));
const attemptOf = async (runId: string) => (await runtime.steps(runId))['work 1'];

/** A run, one that it started, one that this started, and another that the first started. */
async function aFamily(): Promise<[string, string, string, string]> {
  const top = await runtime.startOf(workflowId);
  const child = await runtime.startOf(workflowId, { parentRunId: top });
  return [top, child, await runtime.startOf(workflowId, { parentRunId: child }), await runtime.startOf(workflowId, { parentRunId: top })];
}

/** Comes back when somebody waits for a lock. */
async function someoneWaits(): Promise<void> {
  const waiting = `SELECT FROM pg_stat_activity WHERE "datname" = current_database() AND "wait_event_type" = 'Lock'`;
  while ((await runSql(runtime.databaseUrl, waiting)).length === 0) await setTimeout(5);
}

test('what calls cost is added to their attempt, their run and those that started it, to the last decimal', async () => {
  const [top, child, grandchild, other] = await aFamily();
  const { id: stepResultId } = await attemptOf(grandchild);
  await tell([aCall({ runId: grandchild, stepResultId }), aCall({ runId: grandchild, stepResultId, costCents: '1.0000000001' }), aCall({ runId: child, costCents: '100' }), aCall({ runId: other, inputTokens: 0, outputTokens: 0, costCents: '0' })]);
  expect(await totals(top, child, grandchild, other)).toEqual([['101.3333333334', '39'], ['101.3333333334', '39'], ['1.3333333334', '26'], ['0', '0']]);
  expect(await attemptOf(grandchild)).toMatchObject({ costCents: '1.3333333334', inputTokens: 20, outputTokens: 6 });
});

test('the same event again, in a row and eight times at once, counts once', async () => {
  const [top, child] = await aFamily();
  const calls = [aCall({ runId: child })];
  for (let i = 0; i < 3; i++) await tell(calls, { id: `event ${child}` });
  await Promise.all(Array.from({ length: 8 }, () => tell(calls, { id: `event ${child}` })));
  expect(await totals(top, child)).toEqual(Array(2).fill(['0.3333333333', '13']));
});

test('a call that comes after its run has ended counts, and one of an attempt that was forgotten too', async () => {
  const id = await runtime.startOf(workflowId);
  const { id: stepResultId } = await attemptOf(id);
  await runtime.must('rewindRun', { id });
  await runtime.must('cancelRun', { id });
  await tell([aCall({ runId: id, stepResultId })]);
  expect([await totals(id), await attemptOf(id)]).toMatchObject([[['0.3333333333', '13']], { costCents: '0.3333333333', status: 'CANCELLED' }]);
  expect(await runtime.run(id)).toMatchObject({ status: 'CANCELLED' });
});

test('calls of no run, of one that is not there and of another organisation\'s change nothing', async () => {
  const id = await runtime.startOf(workflowId);
  const { id: stepResultId } = await attemptOf(id);
  await tell([]);
  await tell([aCall(), aCall({ runId: newId('WorkflowRun'), stepResultId: newId('StepResult') })]);
  await tell([aCall({ runId: id, stepResultId })], { orgId: 'org_01jd0000000000000000000002' });
  expect([await totals(id), await attemptOf(id)]).toMatchObject([[['0', '0']], { costCents: '0', inputTokens: 0 }]);
});

test('a call that names its attempt and no run is the attempt\'s alone', async () => {
  const id = await runtime.startOf(workflowId);
  const { id: stepResultId } = await attemptOf(id);
  await tell([aCall({ stepResultId })]);
  expect([await totals(id), await attemptOf(id)]).toMatchObject([[['0', '0']], { costCents: '0.3333333333' }]);
});

test('more tokens than an attempt can count are counted by its run', async () => {
  const id = await runtime.startOf(workflowId);
  const { id: stepResultId } = await attemptOf(id);
  const most = { runId: id, stepResultId, inputTokens: 2 ** 31 - 1, outputTokens: 2 ** 31 - 1 };
  await tell([aCall(most), aCall(most)]);
  expect([await totals(id), await attemptOf(id)]).toMatchObject([[['0.6666666666', String(4 * (2 ** 31 - 1))]], { inputTokens: 2 ** 31 - 1, outputTokens: 2 ** 31 - 1 }]);
});

test('eight at once over the same runs and those that started them, in any order and twice, add up exactly', async () => {
  const luck = dice(7);
  const families = await Promise.all(Array.from({ length: 3 }, aFamily));
  const runs = families.flat();
  const attempts = new Map(await Promise.all(runs.map(async (id) => [id, (await attemptOf(id)).id as string] as const)));
  const events = Array.from({ length: 60 }, (_, i) => ({
    id: `mixed ${i}`, calls: Array.from({ length: 6 }, () => {
      const runId = luck.pick(runs);
      return aCall({ runId: luck.isLucky(0.8) ? runId : null, stepResultId: attempts.get(runId) ?? null, costCents: `${Math.floor(luck.next() * 3)}.${String(Math.floor(luck.next() * 1e10)).padStart(10, '0')}` });
    }),
  }));
  const waiting = [...events, ...events].map((event) => ({ event, place: luck.next() })).toSorted((a, b) => a.place - b.place).map(({ event }) => event);
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let event = waiting.pop(); event; event = waiting.pop()) await tell(event.calls, event);
  }));

  const units = (cents: string) => BigInt(cents.replace('.', ''));
  const calls = events.flatMap((event) => event.calls);
  const inCents = (sum: bigint) => String(sum).padStart(11, '0').replace(/(\d{10})$/, '.$1').replace(/\.?0*$/, '');
  for (const [top, child, grandchild, other] of families) {
    const expected = [[top, child, grandchild, other], [child, grandchild], [grandchild], [other]].map((counted) => {
      const those = calls.filter(({ runId }) => runId !== null && counted.includes(runId));
      return [inCents(those.reduce((sum, { costCents }) => sum + units(costCents), 0n)), String(those.length * 13)];
    });
    expect(await totals(top, child, grandchild, other)).toEqual(expected);
  }
  for (const [runId, stepResultId] of attempts) {
    const those = calls.filter((call) => call.stepResultId === stepResultId);
    expect(await attemptOf(runId)).toMatchObject({ costCents: inCents(those.reduce((sum, { costCents }) => sum + units(costCents), 0n)), inputTokens: those.length * 10 });
  }
});

test('an attempt\'s costs change behind the lock of its run, also where a call names only the attempt', async () => {
  const id = await runtime.startOf(workflowId);
  const { id: stepResultId } = await attemptOf(id);
  let telling: Promise<void> | undefined;
  await runtime.prisma.$transaction(async (tx) => {
    await lockRun(tx, demoOrgId, id);
    telling = tell([aCall({ stepResultId })]);
    await someoneWaits();
    expect((await attemptOf(id)).costCents).toBe('0');
  });
  await telling;
  expect((await attemptOf(id)).costCents).toBe('0.3333333333');
});

test('costs that come while their runs are called off, rewound and reported do not wait for each other in a circle', async () => {
  for (let i = 0; i < 8; i++) {
    const [top, child, grandchild, other] = await aFamily();
    const calls = await Promise.all([grandchild, other, top, child].map(async (id, j) => aCall({ runId: j % 2 ? id : null, stepResultId: (await attemptOf(id)).id, costCents: '1' })));
    await Promise.all([
      ...[calls, calls.toReversed(), calls.slice(1), calls.slice(2).toReversed()].map((those) => tell(those)),
      runtime.must('cancelRun', { id: i % 2 ? top : grandchild }), runtime.mutate('rewindRun', { id: other }), runtime.mutate('rewindRun', { id: child }), runtime.answerBudgets(), runtime.runJobs(),
    ]);
    expect((await attemptOf(other)).costCents).toBe('3');
  }
});

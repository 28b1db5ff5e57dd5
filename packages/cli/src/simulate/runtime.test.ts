import { createRandom } from '@forge/demo-data';
import { openBook } from './book.ts';
import type { Graph } from './graph.ts';
import { runRuntime, type Runtime } from './runtime.ts';
import { startTally, type Tally } from './tally.ts';

let tally: Tally;
let asked: { operation: string; input: Record<string, unknown> }[];
let stopping: AbortController;
beforeEach(() => {
  [tally, asked, stopping] = [startTally(), [], new AbortController()];
});

const anAttempt = (id: string, of: object = {}) => ({ id, runId: 'run_1', stepId: 'draft', status: 'DISPATCHED', outputs: ['text', 'rating'], run: { runType: 'PRESCRIPTIVE' }, ...of });

/** A platform of a few lines: hands out the claims one by one, then is stopped; takes each report as `reports` says. */
function platform(claims: object[][], reports: Record<string, object> = {}, orphans: object[] = []): Graph {
  return {
    async ask<T>(operation: string, variables: { input?: Record<string, unknown> } = {}) {
      const name = /(claimSteps|reportStep\w+|renewStepLease|recordGatewayHealth)\(/.exec(operation)?.[1] ?? 'query';
      asked.push({ operation: name, input: variables.input ?? {} });
      if (name === 'query') return { stepResults: { nodes: orphans }, stepResult: { status: 'RUNNING' }, workflowRun: null } as T;
      if (name !== 'claimSteps') return { answer: { accepted: true, userErrors: [], ...reports[name] } } as T;
      const stepResults = claims.shift() ?? [];
      if (claims.length === 0) stopping.abort();
      return { answer: { stepResults, userErrors: [] } } as T;
    },
  };
}

function run(graph: Graph, of: { fail?: number; speed?: number; leaseSeconds?: number } = {}): Promise<void> {
  const runtime: Runtime = {
    runtimeId: 'r1', graph, random: createRandom(1), tally, manner: { speed: of.speed ?? 100_000, fail: of.fail ?? 0, people: false, leaseSeconds: of.leaseSeconds ?? 30 }, modelIds: ['mdl_1'],
    signal: new AbortController().signal, gatewayIds: ['gw_1'], book: openBook(), width: 3, stopping: stopping.signal,
  };
  return runRuntime(runtime);
}

const reports = () => asked.filter(({ operation }) => operation.startsWith('report'));

test('what is claimed is begun and done, with every output, one to five calls, and keys of its own', async () => {
  await run(platform([[anAttempt('stp_1'), anAttempt('stp_2')]]));
  expect(reports().map(({ operation, input }) => `${operation} ${String(input['stepResultId'])}`).sort()).toEqual(
    ['reportStepCompleted stp_1', 'reportStepCompleted stp_2', 'reportStepStarted stp_1', 'reportStepStarted stp_2']);
  const done = reports().filter(({ operation }) => operation === 'reportStepCompleted').map(({ input }) => input as unknown as { output: object; usage: { idempotencyKey: string; modelId: string }[] });
  for (const { output, usage } of done) {
    expect(output).toMatchObject({ text: expect.any(String), rating: expect.any(Number) });
    expect([usage.length >= 1 && usage.length <= 5, usage.every(({ modelId }) => modelId === 'mdl_1')]).toEqual([true, true]);
  }
  const keys = [...reports().map(({ input }) => input['callbackKey']), ...done.flatMap(({ usage }) => usage.map(({ idempotencyKey }) => idempotencyKey))];
  expect(new Set(keys).size).toBe(keys.length);
  expect(tally).toMatchObject({ stepsClaimed: 2, stepsCompleted: 2, doubled: [] });
});

test('it says that its gateway is well, once in a while', async () => {
  await run(platform([[], [], []]));
  expect(asked.filter(({ operation }) => operation === 'recordGatewayHealth')).toEqual([{ operation: 'recordGatewayHealth', input: { gatewayId: 'gw_1', status: 'HEALTHY' } }]);
});

test('an attempt that two claims were given is a fault, and is begun once', async () => {
  await run(platform([[anAttempt('stp_1')], [anAttempt('stp_1'), anAttempt('stp_2')]]));
  expect(tally.doubled).toEqual(['stp_1 (draft of run_1)']);
  expect(reports().filter(({ operation }) => operation === 'reportStepStarted')).toHaveLength(2);
});

test('what has ended since it was claimed is not begun', async () => {
  await run(platform([[anAttempt('stp_1', { status: 'CANCELLED' }), anAttempt('stp_2', { status: 'TIMED_OUT' })]]));
  expect([reports(), tally.stepsClaimed]).toEqual([[], 0]);
});

test('of a start that comes too late nothing follows', async () => {
  await run(platform([[anAttempt('stp_1')]], { reportStepStarted: { accepted: false } }));
  expect(reports()).toHaveLength(1);
  expect(tally).toMatchObject({ late: 1, stepsCompleted: 0 });
});

test('one that fails says why, and what it has used', async () => {
  await run(platform([[anAttempt('stp_1')]]), { fail: 1 });
  expect(reports().at(-1)).toMatchObject({ operation: 'reportStepFailed', input: { error: { code: expect.any(String), message: expect.any(String) } } });
  expect(reports().at(-1)?.input['usage']).not.toEqual([]);
  expect(tally).toMatchObject({ stepsFailed: 1, stepsCompleted: 0 });
});

test('work that takes longer than a third of its lease renews it, and is left alone when it is another\'s by then', async () => {
  await run(platform([[anAttempt('stp_1')]]), { speed: 100, leaseSeconds: 0.3 });
  expect(tally.renewals).toBeGreaterThan(0);
  expect(tally.stepsCompleted).toBe(1);
  [tally, asked, stopping] = [startTally(), [], new AbortController()];
  await run(platform([[anAttempt('stp_1')]], { renewStepLease: { userErrors: [{ code: 'INVALID_TRANSITION', message: 'over' }] } }), { speed: 100, leaseSeconds: 0.3 });
  expect(tally).toMatchObject({ late: 1, stepsCompleted: 0 });
});

test('what its gateway has under way and nobody works on is taken up where it is', async () => {
  const orphans = [anAttempt('stp_1'), anAttempt('stp_2', { status: 'RUNNING' }), anAttempt('stp_3', { status: 'HELD' })];
  await run(platform([[]], {}, orphans), { speed: 10_000 });
  expect(reports().map(({ operation, input }) => `${operation} ${String(input['stepResultId'])}`).sort()).toEqual(
    ['reportStepCompleted stp_1', 'reportStepCompleted stp_2', 'reportStepCompleted stp_3', 'reportStepStarted stp_1']);
});

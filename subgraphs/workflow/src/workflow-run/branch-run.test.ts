import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, runSql } from '@forge/testing';
import { startRuntime, type Runtime } from '../engine/fixture/runtime.ts';

let runtime: Runtime;
beforeAll(async () => (runtime = await startRuntime()));
afterEach(async () => {
  for (const { id } of await runtime.prisma.workflowRun.findMany({ where: { completedAt: null } })) await runtime.must('cancelRun', { id });
});
afterAll(() => runtime.close());

const chain = `
  - { id: one, role: clerk, command: "{{args.x}}", outputs: [a] }
  - { id: no, role: clerk, command: c, condition: args.no }
  - { id: two, role: clerk, command: "{{a}} {{args.x}} {{args.y}}", depends_on: [one, no], outputs: [b] }
  - { id: three, role: clerk, command: "{{b}}", depends_on: [two] }`;
const args = { x: 'x', y: 'y', no: false };

async function doStep(output: object = {}) {
  runtime.later(60_000);
  const [step] = Object.values(await runtime.take());
  await runtime.complete(step, output);
  if (!step) throw new Error('nothing is ready');
  return step;
}
const branch = async (checkpointId: string, more: object = {}): Promise<string> => (await runtime.must('branchRun', { checkpointId, ...more }, 'run { id }')).run.id;
const checkpoint = async (id: string, sequence: number) => (await runtime.checkpoints(id)).find((each) => each.sequence === sequence).id as string;
const rowsOf = (id: string) => runSql(runtime.databaseUrl, `
  SELECT run.*, (SELECT json_agg(step ORDER BY "id") FROM "stepResults" AS step WHERE "runId" = run."id") AS steps,
    (SELECT json_agg(checkpoint ORDER BY "id") FROM "workflowCheckpoints" AS checkpoint WHERE "runId" = run."id") AS checkpoints
  FROM "workflowRuns" AS run WHERE "id" = $1`, [id]);

test('a branch goes on from what the original had done, with other arguments; the original stays as it is', async () => {
  const { id } = await runtime.start(chain, { args, guardrails: { maxCostCents: '50' } });
  await doStep({ a: 1 });
  await doStep({ b: 2 });
  await runtime.must('cancelRun', { id });
  const before = await rowsOf(id);
  const branched = await branch(await checkpoint(id, 2), { args: { y: 'Y', z: 1 } });
  expect(await runtime.attempts(branched)).toEqual(['no 1 SKIPPED', 'one 1 COMPLETED', 'two 1 HELD']);
  expect(await runtime.run(branched)).toMatchObject({ status: 'RUNNING', args: { ...args, y: 'Y', z: 1 }, totalCostCents: '0', branchedFromCheckpointId: await checkpoint(id, 2), startedAt: runtime.clock.now.toISOString() });
  expect((await doStep({ b: 3 })).command).toBe('1 x Y');
  expect((await doStep()).command).toBe('3');
  expect(await runtime.run(branched)).toMatchObject({ status: 'COMPLETED' });
  expect(await rowsOf(id)).toEqual(before);
});

test('a branch from before a rewind has the results that were there then, and another from after it those of after', async () => {
  const { id } = await runtime.start(chain, { args });
  await doStep({ a: 'then' });
  const then = await checkpoint(id, 2);
  runtime.later(60_000);
  await runtime.must('rewindRun', { id });
  await doStep({ a: 'now' });
  const { sequence } = (await runtime.checkpoints(id)).toSorted((a, b) => b.sequence - a.sequence)[0];
  const now = await checkpoint(id, sequence);
  await runtime.must('cancelRun', { id });
  for (const [from, command] of [[then, 'then x y'], [now, 'now x y']] as const) {
    const branched = await branch(from);
    expect((await doStep({ b: 1 })).command).toBe(command);
    await runtime.must('cancelRun', { id: branched });
  }
});

test('a branch of what is all done is done at once; one with children of its own can be branched and rewound again', async () => {
  const { id } = await runtime.start(chain, { args });
  await doStep({ a: 1 });
  await doStep({ b: 1 });
  await doStep();
  const last = (await runtime.checkpoints(id)).find((each) => each.completedStepIds.length === 3);
  const done = await branch(last.id);
  expect(await runtime.run(done)).toMatchObject({ status: 'COMPLETED' });
  expect((await runtime.checkpoints(done))).toMatchObject([{ sequence: 1, completedStepIds: ['one', 'two', 'three'], variables: { a: 1, b: 1 }, variableOverwriteOrder: ['a', 'b'] }]);
  const half = await branch(await checkpoint(id, 2));
  await doStep({ b: 5 });
  runtime.later(60_000);
  await runtime.must('rewindRun', { id: half, checkpointId: await checkpoint(half, 1) });
  expect(await runtime.attempts(half)).toEqual(['no 1 SKIPPED', 'one 1 COMPLETED', 'three 1 CANCELLED cleared', 'two 1 COMPLETED cleared', 'two 2 HELD']);
});

test('the same call again answers with the same branch; another organisation finds no checkpoint', async () => {
  const { id } = await runtime.start(chain, { args });
  await doStep({ a: 1 });
  const checkpointId = await checkpoint(id, 1);
  const ids = await Promise.all(Array.from({ length: 10 }, () => branch(checkpointId, { idempotencyKey: 'branch once' })));
  expect(new Set(ids).size).toBe(1);
  const none = [{ code: 'NOT_FOUND', path: ['input', 'checkpointId'], message: 'checkpointId: leads to no WorkflowCheckpoint' }];
  expect((await runtime.mutate('branchRun', { checkpointId }, '', anotherOrganisation)).userErrors).toEqual(none);
  expect((await runtime.mutate('branchRun', { checkpointId: newId('WorkflowCheckpoint') })).userErrors).toEqual(none);
});

import { runSql } from '@forge/testing';
import { startRuntime, type Runtime } from './fixture/runtime.ts';

let runtime: Runtime;
beforeAll(async () => (runtime = await startRuntime()));
afterAll(() => runtime.close());

const chain = `
  - { id: fetch, role: clerk, command: "Fetch {{args.file}}", outputs: [pages] }
  - { id: check, role: auditor, command: "Check {{fetch.pages}} pages", depends_on: [fetch] }
  - { id: file, role: clerk, command: "File it", depends_on: [check] }`;

const diamond = `
  - { id: top, role: clerk, command: c }
  - { id: left, role: left, command: c, depends_on: [top], outputs: [found] }
  - { id: right, role: right, command: c, depends_on: [top] }
  - { id: bottom, role: clerk, command: "Found {{found}}", depends_on: [left, right] }`;

test('a chain runs step by step, each given what those before it returned', async () => {
  const { id } = await runtime.start(chain, { args: { file: 'a.pdf' } });
  expect(await runtime.run(id)).toMatchObject({ status: 'RUNNING', waitingReason: 'waits for the budgets to cover step fetch' });
  expect(await runtime.claim()).toEqual([]);
  await runtime.answerBudgets();
  expect(await runtime.run(id)).toMatchObject({ waitingReason: null });
  const [fetch] = await runtime.claim();
  expect(fetch).toMatchObject({ stepId: 'fetch', attempt: 1, status: 'DISPATCHED', command: 'Fetch a.pdf', outputs: ['pages'] });
  await runtime.begin(fetch);
  await runtime.complete(fetch, { pages: 3 });
  await runtime.answerBudgets();
  const [check] = await runtime.claim();
  expect(check).toMatchObject({ stepId: 'check', command: 'Check 3 pages' });
  await runtime.begin(check);
  await runtime.complete(check);
  expect(await runtime.work()).toEqual(['file']);
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED', waitingReason: null, completedAt: expect.any(String) });
});

test('the two sides of a diamond are under way at once, and what joins them waits for both', async () => {
  const { id } = await runtime.start(diamond);
  const { top } = await runtime.take();
  await runtime.complete(top);
  const { left, right } = await runtime.take();
  expect([left?.status, right?.status]).toEqual(['DISPATCHED', 'DISPATCHED']);
  await runtime.complete(left, { found: 'it' });
  expect(await runtime.take()).toEqual({});
  await runtime.complete(right);
  const { bottom } = await runtime.take();
  expect(bottom?.command).toBe('Found it');
  await runtime.complete(bottom);
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED' });
});

test('of what becomes ready at once the first of the definition is claimed first', async () => {
  const names = ['h', 'c', 'a', 'b', 'g', 'd'];
  await runtime.start(names.map((name) => `  - { id: ${name}, role: role_${name}, command: c }`).join('\n'));
  await runtime.answerBudgets();
  expect((await runtime.claim()).map(({ stepId }) => stepId)).toEqual(names);
});

test('a step whose condition is false is left out, and those behind it run', async () => {
  const { id } = await runtime.start(`
  - { id: ask, role: clerk, command: c, condition: args.ask }
  - { id: also, role: clerk, command: c, depends_on: [ask], condition: args.ask }
  - { id: act, role: clerk, command: c, depends_on: [ask, also] }`, { args: { ask: false } });
  expect(await runtime.attempts(id)).toEqual(expect.arrayContaining(['ask 1 SKIPPED', 'also 1 SKIPPED', 'act 1 HELD']));
  expect((await runtime.steps(id))['ask 1'].metadata).toEqual({ reason: 'its condition args.ask is false' });
  expect(await runtime.work()).toEqual(['act']);
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED' });
});

test('a run of which nothing is to be done is over as soon as it starts', async () => {
  const { id } = await runtime.start('  - { id: only, role: clerk, command: c, condition: "false" }');
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED', startedAt: '2026-11-20T12:00:00.000Z', completedAt: '2026-11-20T12:00:00.000Z' });
});

test('after each step that is done or left out there is a checkpoint of what the run knows', async () => {
  const { id } = await runtime.start(`
  - { id: one, role: clerk, command: c, outputs: [a, b] }
  - { id: two, role: clerk, command: c, depends_on: [one], outputs: [b] }
  - { id: no, role: clerk, command: c, depends_on: [two], condition: "b == 1" }
  - { id: end, role: clerk, command: c, depends_on: [no] }`);
  await runtime.work({ one: { a: 1, b: 1, more: 'x' }, two: { b: 2 } });
  const after = { id: expect.stringMatching(/^chk_/), variables: { a: 1, b: 2 }, variableOverwriteOrder: ['a', 'b'] };
  expect((await runtime.checkpoints(id)).toSorted((a, b) => a.sequence - b.sequence)).toEqual([
    { ...after, sequence: 1, completedStepIds: ['one'], skippedStepIds: [], variables: { a: 1, b: 1 }, accumulatedOutputs: { one: { a: 1, b: 1, more: 'x' } } },
    { ...after, sequence: 2, completedStepIds: ['one', 'two'], skippedStepIds: ['no'], accumulatedOutputs: { one: { a: 1, b: 1, more: 'x' }, two: { b: 2 } } },
    { ...after, sequence: 3, completedStepIds: ['one', 'two', 'end'], skippedStepIds: ['no'], accumulatedOutputs: expect.objectContaining({ end: {} }) },
  ]);
});

test('a run whose definition can be read no more fails and says why', async () => {
  const { id } = await runtime.start(chain, { args: { file: 'a.pdf' } });
  const { fetch } = await runtime.take();
  await runSql(runtime.databaseUrl, `ALTER TABLE "workflowRuns" DISABLE TRIGGER refuse_new_definition; UPDATE "workflowRuns" SET "definition" = 'steps: []' WHERE "id" = '${id}'; ALTER TABLE "workflowRuns" ENABLE TRIGGER refuse_new_definition`);
  expect(await runtime.complete(fetch, { pages: 1 })).toMatchObject({ accepted: true });
  expect(await runtime.run(id)).toMatchObject({ status: 'FAILED', failureSnapshot: { code: 'DEFINITION_UNREADABLE', message: expect.stringContaining('line 1') } });
});

import { startRuntime, type Runtime } from './fixture/runtime.ts';

let runtime: Runtime;
beforeAll(async () => (runtime = await startRuntime()));
afterAll(() => runtime.close());

const chain = `
  - { id: fetch, role: clerk, command: "Fetch {{args.file}}", outputs: [pages] }
  - { id: check, role: auditor, command: "Check {{fetch.pages}} pages", depends_on: [fetch] }
  - { id: file, role: clerk, command: "File it", depends_on: [check] }`;

test('a chain runs step by step, each given what those before it returned', async () => {
  const { id } = await runtime.start(chain, { args: { file: 'a.pdf' } });
  expect(await runtime.run(id)).toMatchObject({ status: 'RUNNING', waitingReason: 'waits for the budgets to cover step fetch' });
  expect(await runtime.claim()).toEqual([]);
  await runtime.answerBudgets();
  expect(await runtime.run(id)).toMatchObject({ waitingReason: null });
  const [fetch] = await runtime.claim();
  expect(fetch).toMatchObject({ stepId: 'fetch', attempt: 1, status: 'DISPATCHED', command: 'Fetch a.pdf', outputs: ['pages'] });
  await runtime.begin(fetch!);
  await runtime.complete(fetch!, { pages: 3 });
  await runtime.answerBudgets();
  const [check] = await runtime.claim();
  expect(check).toMatchObject({ stepId: 'check', command: 'Check 3 pages' });
  await runtime.begin(check!);
  await runtime.complete(check!);
  expect(await runtime.work()).toEqual(['file']);
  expect(await runtime.run(id)).toMatchObject({ status: 'COMPLETED', waitingReason: null, completedAt: expect.any(String) });
});

import { startRuntime, type Runtime, type Step } from '../engine/fixture/runtime.ts';

let runtime: Runtime;
beforeAll(async () => (runtime = await startRuntime()));
afterAll(() => runtime.close());

/** How many statements a call takes, with BEGIN and COMMIT; and the tables that it writes, in their order. */
async function statementsOf(call: () => Promise<unknown>): Promise<{ count: number; written: string[] }> {
  runtime.statements.clear();
  await call();
  const { texts } = runtime.statements;
  return { count: texts.length, written: texts.flatMap((text) => [...text.matchAll(/(?:INSERT INTO|UPDATE) (?:"public"\.)?"(\w+)"/g)].map(([, table = '']) => table)) };
}

const chain = (length: number) => Array.from({ length }, (_, i) => `  - { id: s${i}, role: clerk, command: c${i ? `, depends_on: [s${i - 1}]` : ''} }`).join('\n');

test('what a step costs in statements does not depend on how many steps came before it', async () => {
  await runtime.start(chain(30));
  const counts: Record<string, number[]> = { claim: [], begin: [], complete: [], budget: [] };
  for (let i = 0; i < 30; i++) {
    counts['budget']?.push((await statementsOf(() => runtime.answerBudgets())).count);
    let step: Step | undefined;
    counts['claim']?.push((await statementsOf(async () => ([step] = await runtime.claim()))).count);
    counts['begin']?.push((await statementsOf(() => runtime.begin(step))).count);
    const { count } = await statementsOf(() => runtime.complete(step));
    // The last ends the run instead.
    if (i < 29) counts['complete']?.push(count);
  }
  expect(Object.fromEntries(Object.entries(counts).map(([name, each]) => [name, [...new Set(each)]]))).toEqual({ budget: [7], claim: [8], begin: [10], complete: [15] });
});

test('a completed step writes itself, an event, what it makes ready, a checkpoint and the run, each once', async () => {
  await runtime.start(chain(2));
  const { s0 } = await runtime.take();
  const usage = Array.from({ length: 20 }, (_, i) => ({ idempotencyKey: `call ${i}`, occurredAt: runtime.clock.now, modelId: 'mdl_01h455vb4pex5vsknk084sn02q', inputTokens: 1, outputTokens: 1 }));
  const artifacts = Array.from({ length: 20 }, (_, i) => ({ name: `${i}.md`, mimeType: 'text/markdown', sizeBytes: '1', sha256: 'a'.repeat(64), storageKey: `${i}` }));
  const handoffs = Array.from({ length: 20 }, () => ({ toStepId: 's1' }));
  expect(await statementsOf(() => runtime.complete(s0, {}, { usage, artifacts, handoffs }))).toEqual({
    count: 17, written: ['callbackDedup', 'stepResults', 'eventOutbox', 'runArtifacts', 'handoffs', 'stepResults', 'eventOutbox', 'workflowCheckpoints', 'workflowRuns', 'callbackDedup'],
  });
  await runtime.work();
});

test('twenty steps become ready by as many statements as one', async () => {
  const wide = (count: number) => ['  - { id: top, role: clerk, command: c }', ...Array.from({ length: count }, (_, i) => `  - { id: s${i}, role: r${i}, command: c, depends_on: [top] }`)].join('\n');
  const counts: number[] = [];
  for (const count of [1, 2, 20]) {
    await runtime.start(wide(count));
    const { top } = await runtime.take();
    counts.push((await statementsOf(() => runtime.complete(top))).count);
    await runtime.work();
  }
  expect(counts).toEqual([15, 15, 15]);
});

test('a hundred steps are claimed by as many statements as one', async () => {
  await runtime.employ('clerk', 1_000);
  await runtime.start(Array.from({ length: 100 }, (_, i) => `  - { id: s${i}, role: clerk, command: c }`).join('\n'));
  await runtime.answerBudgets();
  const claimed: unknown[] = [];
  expect((await statementsOf(async () => claimed.push(...(await runtime.claim({ max: 100 }))))).count).toBe(8);
  expect(claimed).toHaveLength(100);
});

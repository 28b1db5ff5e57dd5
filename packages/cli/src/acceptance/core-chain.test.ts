import { seedIfEmpty } from '@forge/demo-data';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';

let platform: TestPlatform;
beforeAll(async () => (platform = await startTestPlatform((urls) => seedIfEmpty({ urls, now: new Date('2026-11-23T10:00:00Z'), runs: 150 }))));
afterAll(() => platform.close());

interface Answer {
  workflowRuns: { nodes: { workflow: { name: string }; stepResults: { nodes: { agent: { name: string } | null; tokenEvents: { nodes: { costCents: string; model: string }[] } }[] } }[] };
}

const chain = `query ($first: Int!) {
  workflowRuns(where: { status: { eq: COMPLETED } }, first: $first) {
    nodes { workflow { name } stepResults(first: 5) { nodes { agent { name } tokenEvents(first: 3) { nodes { costCents model: modelId } } } } }
  }
}`;

test.each([1, 100])('the core chain over %i runs costs five statements in all', async (first) => {
  await platform.data(chain, { first });
  platform.statements.clear();
  const { workflowRuns } = await platform.data<Answer>(chain, { first });

  expect(platform.statements.texts.map((text) => /FROM "(\w+)"/.exec(text)?.[1]).toSorted()).toEqual(['agentRegistry', 'stepResults', 'tokenEvents', 'workflowRuns', 'workflows']);
  expect(workflowRuns.nodes).toHaveLength(first);
  const steps = workflowRuns.nodes.flatMap(({ stepResults }) => stepResults.nodes);
  expect(Math.max(...workflowRuns.nodes.map(({ stepResults }) => stepResults.nodes.length))).toBeLessThanOrEqual(5);
  expect(Math.max(...steps.map(({ tokenEvents }) => tokenEvents.nodes.length))).toBe(3);
  expect(steps.some(({ agent }) => agent !== null)).toBe(true);
});

test('a statement reads the columns that were asked for and those of its order, no others', async () => {
  platform.statements.clear();
  await platform.data('{ workflowRuns(first: 2) { nodes { workflow { name } } } }');
  expect(platform.statements.texts).toEqual([
    expect.stringMatching(/^SELECT "id","workflowId","createdAt" FROM "workflowRuns" /),
    expect.stringMatching(/^SELECT "id","name" FROM "workflows" /),
  ]);
});

import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createWorkflowSubgraph } from '../index.ts';
import { aRun } from '../workflow/fixture.ts';

let graph: TestSubgraph;
let url: string;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('workflow'), createWorkflowSubgraph);
  url = graph.databaseUrl;
});
afterAll(() => graph.close());

const definition = 'steps:\n  - { id: read, role: clerk, command: c }\n  - { id: book, role: clerk, command: c, depends_on: [read] }\n';
const aDelegatedRun = (columns: object = {}) => aRun(url, { runType: 'DELEGATED', goal: 'Book it', ...columns }, definition);

async function hand(runId: string, input: object = {}, principal?: typeof anotherOrganisation) {
  const mutation = 'mutation ($input: CreateHandoffInput!) { createHandoff(input: $input) { handoff { id runId fromStepId toStepId fromAgentId summary payload } userErrors { code message path } } }';
  return (await graph.data(mutation, { input: { runId, fromStepId: 'read', toStepId: 'book', payload: { total: 12.5 }, ...input } }, principal)).createHandoff;
}

const count = async (runId: string) => (await runSql<{ count: number }>(url, 'SELECT count(*)::int FROM "handoffs" WHERE "runId" = $1', [runId]))[0]?.count;

test('what one step hands to another is recorded', async () => {
  const [runId, fromAgentId] = [await aDelegatedRun(), newId('Agent')];
  expect(await hand(runId, { fromAgentId, summary: 'The total' })).toEqual({
    handoff: { id: expect.stringMatching(/^hof_/), runId, fromStepId: 'read', toStepId: 'book', fromAgentId, summary: 'The total', payload: { total: 12.5 } }, userErrors: [],
  });
});

test('of twenty handoffs at once as many are made as the guardrails allow, and the others are told', async () => {
  const runId = await aDelegatedRun({ guardrails: { maxHandoffs: 7 } });
  const answers = await Promise.all(Array.from({ length: 20 }, () => hand(runId)));
  const limit = { code: 'LIMIT_REACHED', path: ['input', 'runId'], message: 'runId: the run may have 7 handoffs, by its guardrails, and has them; finish the step without' };
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(Array(13).fill(limit));
  expect(await count(runId)).toBe(7);
  expect((await hand(runId)).userErrors).toEqual([limit]);
});

test('a run that may have none has none, and one whose guardrails say nothing of it as many as it needs', async () => {
  const [none, many] = [await aDelegatedRun({ guardrails: { maxHandoffs: 0 } }), await aDelegatedRun({ guardrails: { maxCostCents: '5' } })];
  expect((await hand(none)).userErrors).toMatchObject([{ code: 'LIMIT_REACHED' }]);
  for (let i = 0; i < 3; i++) expect((await hand(many)).userErrors).toEqual([]);
  expect([await count(none), await count(many)]).toEqual([0, 3]);
});

test('a call that is repeated counts once, also when the limit has been reached since', async () => {
  const runId = await aDelegatedRun({ guardrails: { maxHandoffs: 2 } });
  const answers = await Promise.all(Array.from({ length: 20 }, () => hand(runId, { idempotencyKey: 'hand-once' })));
  expect(new Set(answers.map(({ handoff }) => handoff.id)).size).toBe(1);
  expect((await hand(runId)).userErrors).toEqual([]);
  expect((await hand(runId, { idempotencyKey: 'hand-once' })).handoff.id).toBe(answers[0].handoff.id);
  expect(await count(runId)).toBe(2);
});

test('steps that the run\'s definition does not have are named, both at once', async () => {
  const runId = await aDelegatedRun();
  expect((await hand(runId, { fromStepId: 'Read', toStepId: 'pay' })).userErrors).toEqual([
    { code: 'INVALID', path: ['input', 'fromStepId'], message: 'fromStepId: the run\'s definition has no step "Read"' },
    { code: 'INVALID', path: ['input', 'toStepId'], message: 'toStepId: the run\'s definition has no step "pay"' },
  ]);
  expect(await count(runId)).toBe(0);
});

test('the definition that the run has pinned counts, not the workflow\'s newest', async () => {
  const runId = await aDelegatedRun();
  const [run] = await runSql<{ workflowId: string }>(url, 'SELECT "workflowId" FROM "workflowRuns" WHERE "id" = $1', [runId]);
  const publish = 'mutation ($input: PublishWorkflowVersionInput!) { publishWorkflowVersion(input: $input) { userErrors { message } } }';
  await graph.data(publish, { input: { workflowId: run?.workflowId, definition: 'steps:\n  - { id: other, role: clerk, command: c }\n' } });
  expect((await hand(runId)).userErrors).toEqual([]);
  expect((await hand(runId, { toStepId: 'other' })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'toStepId'] }]);
});

test.each(['COMPLETED', 'FAILED', 'CANCELLED'])('a run that is %s takes no handoffs', async (status) => {
  const runId = await aDelegatedRun({ status, completedAt: '2026-11-23T12:00:00Z' });
  expect((await hand(runId)).userErrors).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'runId'], message: `runId: the run is ${status} since 2026-11-23T12:00:00.000Z and takes no more handoffs` }]);
  expect(await count(runId)).toBe(0);
});

test.each([['PENDING', { startedAt: null }], ['RUNNING', {}], ['PAUSED', { pendingApprovals: 1 }]])('a run that is %s takes handoffs', async (status, columns) => {
  expect((await hand(await aDelegatedRun({ status, ...columns }))).userErrors).toEqual([]);
});

test('another organisation, and an id that leads nowhere, find no run', async () => {
  const runId = await aDelegatedRun();
  const none = { handoff: null, userErrors: [{ code: 'NOT_FOUND', path: ['input', 'runId'], message: 'runId: leads to nothing' }] };
  expect(await hand(runId, {}, anotherOrganisation)).toEqual(none);
  expect(await hand(newId('WorkflowRun'))).toEqual(none);
  expect(await count(runId)).toBe(0);
});

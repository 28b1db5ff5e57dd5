import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createWorkflowSubgraph } from '../index.ts';
import { aWorkflow as insertWorkflow } from './fixture.ts';

let now: Date;
let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('workflow'), (settings) => createWorkflowSubgraph({ ...settings, now: () => now }))));
beforeEach(() => (now = new Date('2026-11-23T12:00:00.000Z')));
afterAll(() => graph.close());

const states = ['DRAFT', 'ACTIVE', 'PAUSED', 'DEPRECATED'] as const;
const allowed = ['DRAFT>ACTIVE', 'DRAFT>DEPRECATED', 'ACTIVE>PAUSED', 'ACTIVE>DEPRECATED', 'PAUSED>ACTIVE', 'PAUSED>DEPRECATED'];
const operations = { ACTIVE: 'activateWorkflow', PAUSED: 'pauseWorkflow', DEPRECATED: 'deprecateWorkflow' } as const;
type Target = keyof typeof operations;

const aWorkflow = (columns: object = {}) => insertWorkflow(graph.databaseUrl, columns);

async function take(id: string, to: Target, input: object = {}, principal = undefined as typeof anotherOrganisation | undefined) {
  const operation = operations[to];
  const type = `${operation[0]?.toUpperCase()}${operation.slice(1)}Input`;
  const mutation = `mutation ($input: ${type}!) { result: ${operation}(input: $input) { workflow { status nextScheduledRunAt updatedAt } userErrors { code message path } } }`;
  return (await graph.data(mutation, { input: { id, ...input } }, principal)).result;
}

async function update(id: string, change: object) {
  const mutation = 'mutation ($input: UpdateWorkflowInput!) { updateWorkflow(input: $input) { workflow { nextScheduledRunAt } userErrors { code message path } } }';
  return (await graph.data(mutation, { input: { id, ...change } })).updateWorkflow;
}

const stored = async (id: string) => (await graph.data('query ($id: ID!) { workflow(id: $id) { status nextScheduledRunAt } }', { id })).workflow;

const pairs = states.flatMap((from) => states.map((to) => [from, to] as const));

test.each(pairs.filter(([, to]) => to !== 'DRAFT') as [string, Target][])('a workflow that is %s is asked to become %s', async (from, to) => {
  const id = await aWorkflow({ status: from });
  const { workflow, userErrors } = await take(id, to);
  if (from === to || allowed.includes(`${from}>${to}`)) expect({ workflow, userErrors }).toMatchObject({ workflow: { status: to }, userErrors: [] });
  else expect({ workflow, userErrors }).toEqual({ workflow: null, userErrors: [{ code: 'INVALID_TRANSITION', path: ['input', 'id'], message: expect.stringContaining(`the workflow is ${from} and cannot become ${to}`) }] });
  expect((await stored(id)).status).toBe(userErrors.length ? from : to);
});

test.each(pairs.filter(([from, to]) => from !== to))('the database lets a workflow go from %s to %s only if the table has it', async (from, to) => {
  const id = await aWorkflow({ status: from });
  const change = runSql(graph.databaseUrl, `UPDATE "workflows" SET "status" = '${to}' WHERE "id" = $1`, [id]);
  if (allowed.includes(`${from}>${to}`)) await change;
  else await expect(change).rejects.toThrow('workflows_transition');
});

test('who asks for what cannot be is told what can', async () => {
  expect((await take(await aWorkflow(), 'PAUSED')).userErrors[0].message).toBe('id: the workflow is DRAFT and cannot become PAUSED; from there it can become ACTIVE or DEPRECATED');
  expect((await take(await aWorkflow({ status: 'DEPRECATED' }), 'ACTIVE')).userErrors[0].message).toBe('id: the workflow is DEPRECATED and cannot become ACTIVE, which is final');
});

test('a workflow without a version is not activated', async () => {
  const id = await aWorkflow({ currentVersion: 0 });
  expect((await take(id, 'ACTIVE')).userErrors).toEqual([{ code: 'INVALID_TRANSITION', path: ['input', 'id'], message: 'id: the workflow is DRAFT and has no version yet; publish one with publishWorkflowVersion, then activate it' }]);
  expect((await stored(id)).status).toBe('DRAFT');
});

test('a scheduled workflow has a next time exactly while it is active', async () => {
  const id = await aWorkflow({ triggerType: 'SCHEDULED', schedule: '0 6 * * *' });
  expect((await take(id, 'ACTIVE')).workflow.nextScheduledRunAt).toBe('2026-11-24T06:00:00.000Z');
  expect((await take(id, 'PAUSED')).workflow.nextScheduledRunAt).toBeNull();
  now = new Date('2026-12-24T05:59:59.999Z');
  expect((await take(id, 'ACTIVE')).workflow.nextScheduledRunAt).toBe('2026-12-24T06:00:00.000Z');
  expect((await take(id, 'DEPRECATED')).workflow.nextScheduledRunAt).toBeNull();
});

test('a workflow that is not scheduled has no next time', async () => {
  expect((await take(await aWorkflow({ triggerType: 'EVENT' }), 'ACTIVE')).workflow).toMatchObject({ status: 'ACTIVE', nextScheduledRunAt: null });
});

test('a new schedule moves the next time of an active workflow, and of no other', async () => {
  const [active, paused] = await Promise.all(['ACTIVE', 'PAUSED'].map((status) => aWorkflow({ status, triggerType: 'SCHEDULED', schedule: '0 6 * * *' })) as [Promise<string>, Promise<string>]);
  expect((await update(active, { schedule: '30 12 * * *' })).workflow).toEqual({ nextScheduledRunAt: '2026-11-23T12:30:00.000Z' });
  expect((await update(paused, { schedule: '30 12 * * *' })).workflow).toEqual({ nextScheduledRunAt: null });
  expect((await update(active, { triggerType: 'MANUAL', schedule: null })).workflow).toEqual({ nextScheduledRunAt: null });
  expect((await update(active, { triggerType: 'SCHEDULED', schedule: '45 12 * * *' })).workflow).toEqual({ nextScheduledRunAt: '2026-11-23T12:45:00.000Z' });
});

test('a change of anything else, and a schedule that is given again, keep a time that is due', async () => {
  const due = '2026-11-23T06:00:00.000Z';
  const id = await aWorkflow({ status: 'ACTIVE', triggerType: 'SCHEDULED', schedule: '0 6 * * *', nextScheduledRunAt: due });
  expect((await update(id, { description: 'Every morning', triggerType: 'SCHEDULED', schedule: '0 6 * * *' })).workflow).toEqual({ nextScheduledRunAt: due });
});

test('an active workflow keeps its schedule and its trigger together, and the fault is told like any other', async () => {
  const id = await aWorkflow({ status: 'ACTIVE', triggerType: 'SCHEDULED', schedule: '0 6 * * *', nextScheduledRunAt: '2026-11-24T06:00:00.000Z' });
  const refused = [{ code: 'INVALID', path: ['input', 'schedule'], message: 'schedule: is needed when triggerType is SCHEDULED, and must be empty otherwise' }];
  expect((await update(id, { schedule: null })).userErrors).toEqual(refused);
  expect((await update(id, { triggerType: 'MANUAL' })).userErrors).toEqual(refused);
  expect((await stored(id)).nextScheduledRunAt).toBe('2026-11-24T06:00:00.000Z');
});

test('twenty who activate a workflow at once all find it active, and it has changed once', async () => {
  const id = await aWorkflow();
  const answers = await Promise.all(Array.from({ length: 20 }, () => take(id, 'ACTIVE')));
  expect(answers.map(({ workflow }) => workflow.status)).toEqual(Array(20).fill('ACTIVE'));
  expect(new Set(answers.map(({ workflow }) => workflow.updatedAt)).size).toBe(1);
});

test('of ten who pause and ten who retire a workflow at once, nobody undoes a retirement', async () => {
  const id = await aWorkflow({ status: 'ACTIVE' });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => take(id, i % 2 ? 'PAUSED' : 'DEPRECATED')));
  expect((await stored(id)).status).toBe('DEPRECATED');
  for (const { userErrors } of answers.filter((_, i) => i % 2 === 0)) expect(userErrors).toEqual([]);
  for (const { userErrors } of answers.filter((_, i) => i % 2)) expect(userErrors[0]?.code ?? 'INVALID_TRANSITION').toBe('INVALID_TRANSITION');
});

test('who has seen an older version is told, unless the workflow is there already', async () => {
  const id = await aWorkflow();
  const expectedVersion = '2026-01-01T00:00:00.000Z';
  expect((await take(id, 'ACTIVE', { expectedVersion })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  const { updatedAt } = (await take(id, 'ACTIVE')).workflow;
  expect((await take(id, 'ACTIVE', { expectedVersion })).userErrors).toEqual([]);
  expect((await take(id, 'PAUSED', { expectedVersion: updatedAt })).workflow.status).toBe('PAUSED');
});

test('another organisation, and an id that leads nowhere, find no workflow', async () => {
  const id = await aWorkflow();
  const none = [{ code: 'NOT_FOUND', path: ['input', 'id'], message: 'id: leads to no Workflow' }];
  expect((await take(id, 'ACTIVE', {}, anotherOrganisation)).userErrors).toEqual(none);
  expect((await take(newId('Workflow'), 'ACTIVE')).userErrors).toEqual(none);
  expect((await take(newId('WorkflowRun'), 'ACTIVE')).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'id'] }]);
  expect((await stored(id)).status).toBe('DRAFT');
});

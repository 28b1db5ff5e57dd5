import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createWorkflowSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('workflow'), createWorkflowSubgraph)));
afterAll(() => graph.close());

const worker = 'wrk_01h455vb4pex5vsknk084sn02q';
const create = `mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { workflow { id name status tags updatedAt } userErrors { code message path } } }`;
const update = `mutation ($input: UpdateWorkflowInput!) { updateWorkflow(input: $input) { workflow { name description updatedAt } userErrors { code message path } } }`;
const remove = `mutation ($input: DeleteWorkflowInput!) { deleteWorkflow(input: $input) { deletedId userErrors { code message path } } }`;

async function aWorkflow(name: string, principal = undefined as typeof anotherOrganisation | undefined) {
  return (await graph.data(create, { input: { name, createdById: worker } }, principal))['createWorkflow']['workflow'];
}

test('a new workflow is a draft and answers by its id', async () => {
  const made = await aWorkflow('invoice-triage');
  expect(made).toMatchObject({ name: 'invoice-triage', status: 'DRAFT', tags: [] });
  expect(await graph.data('query ($id: ID!) { workflow(id: $id) { name currentVersion } }', { id: made.id })).toEqual({ workflow: { name: 'invoice-triage', currentVersion: 0 } });
});

test('every fault of an input comes at once, with its path', async () => {
  const { createWorkflow } = await graph.data(create, { input: { name: 'Not Kebab', createdById: 'run_01h455vb4pex5vsknk084sn02q', tags: Array(21).fill('x'), triggerType: 'SCHEDULED' } });
  expect(createWorkflow.workflow).toBeNull();
  expect(createWorkflow.userErrors).toEqual([
    { code: 'INVALID', path: ['input', 'name'], message: 'name: must be kebab-case, such as invoice-triage' },
    { code: 'INVALID', path: ['input', 'tags'], message: 'tags: has more than 20 entries' },
    { code: 'INVALID', path: ['input', 'createdById'], message: 'createdById: expected the id of a Worker, which looks like wrk_01h455vb4pex5vsknk084sn02q; got "run_01h455vb4pex5vsknk084sn02q"' },
    { code: 'INVALID', path: ['input', 'schedule'], message: 'schedule: is needed when triggerType is SCHEDULED, and must be empty otherwise' },
  ]);
});

test('a name is taken once in an organisation, and free in another', async () => {
  await aWorkflow('taken');
  const { createWorkflow } = await graph.data(create, { input: { name: 'taken', createdById: worker } });
  expect(createWorkflow.userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'name'], message: 'name: is taken already; it must be unique' }]);
  expect(await aWorkflow('taken', anotherOrganisation)).toMatchObject({ name: 'taken' });
});

test('twenty calls at once with one idempotency key make one workflow', async () => {
  const input = { name: 'once', createdById: worker, idempotencyKey: 'k1' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => graph.data(create, { input })));
  expect(new Set(answers.map(({ createWorkflow }) => createWorkflow.workflow.id)).size).toBe(1);
});

test('an idempotency key that comes back with another input is a conflict', async () => {
  await graph.data(create, { input: { name: 'first-input', createdById: worker, idempotencyKey: 'k2' } });
  const { createWorkflow } = await graph.data(create, { input: { name: 'other-input', createdById: worker, idempotencyKey: 'k2' } });
  expect(createWorkflow.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'idempotencyKey'] }]);
});

test('an update takes only what changes, and an explicit null clears', async () => {
  const { id } = await aWorkflow('changing');
  expect((await graph.data(update, { input: { id, description: 'For invoices' } })).updateWorkflow.workflow).toMatchObject({ name: 'changing', description: 'For invoices' });
  expect((await graph.data(update, { input: { id, description: null } })).updateWorkflow.workflow).toMatchObject({ name: 'changing', description: null });
  expect((await graph.data(update, { input: { id, name: null } })).updateWorkflow.userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'name'] }]);
});

test('of ten changes at once that saw the same version one wins, and the others are told', async () => {
  const { id, updatedAt } = await aWorkflow('contended');
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => graph.data(update, { input: { id, expectedVersion: updatedAt, description: `by ${i}` } })));
  const codes = answers.map(({ updateWorkflow }) => updateWorkflow.userErrors[0]?.code ?? 'written');
  expect(codes.toSorted()).toEqual([...Array(9).fill('CONFLICT'), 'written']);
});

test('a schedule cannot be left without its trigger, one field at a time either', async () => {
  const { id } = await aWorkflow('half-scheduled');
  expect((await graph.data(update, { input: { id, schedule: '0 6 * * *' } })).updateWorkflow.userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'schedule'] }]);
});

test('a workflow with a document is not deleted; one without is', async () => {
  const [used, free] = [await aWorkflow('used'), await aWorkflow('free')];
  await graph.data(`mutation ($input: CreateWorkflowDocumentInput!) { createWorkflowDocument(input: $input) { workflowDocument { id } } }`, { input: { workflowId: used.id, yaml: 'steps: [{ id: only, role: clerk, command: do it }]' } });
  expect((await graph.data(remove, { input: { id: used.id } })).deleteWorkflow.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  expect((await graph.data(remove, { input: { id: free.id } })).deleteWorkflow).toEqual({ deletedId: free.id, userErrors: [] });
  expect(await graph.data('query ($id: ID!) { workflow(id: $id) { id } }', { id: free.id })).toEqual({ workflow: null });
});

test('another organisation cannot see, change or delete it, and learns nothing of it', async () => {
  const { id } = await aWorkflow('ours');
  const asThem = (query: string, input: object) => graph.data(query, { input: { id, ...input } }, anotherOrganisation);
  expect(await graph.data('query ($id: ID!) { workflow(id: $id) { id } }', { id }, anotherOrganisation)).toEqual({ workflow: null });
  expect((await asThem(update, { description: 'x' })).updateWorkflow.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await asThem(remove, {})).deleteWorkflow.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

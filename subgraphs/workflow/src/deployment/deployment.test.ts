import { createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createWorkflowSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('workflow'), createWorkflowSubgraph)));
afterAll(() => graph.close());

const [worker, gateway, agent] = ['wrk_01h455vb4pex5vsknk084sn02q', 'gw_01h455vb4pex5vsknk084sn02q', 'agt_01h455vb4pex5vsknk084sn02q'];
const create = `mutation ($input: CreateDeploymentInput!) { createDeployment(input: $input) { deployment { status roleBindings } userErrors { code path message } } }`;

test('a deployment begins pending, and names a real agent for each role', async () => {
  const workflow = 'mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { workflow { id } } }';
  const { id: workflowId } = (await graph.data(workflow, { input: { name: 'deployed', createdById: worker } })).createWorkflow.workflow;
  const input = { workflowId, gatewayId: gateway, environment: 'staging', roleBindings: { clerk: agent } };
  expect((await graph.data(create, { input })).createDeployment).toEqual({ deployment: { status: 'PENDING', roleBindings: { clerk: agent } }, userErrors: [] });
  const wrong = await graph.data(create, { input: { ...input, gatewayId: 'run_01h455vb4pex5vsknk084sn02q', roleBindings: { clerk: worker } } });
  expect(wrong.createDeployment.userErrors).toMatchObject([
    { path: ['input', 'gatewayId'], message: expect.stringContaining('expected the id of a Gateway') },
    { path: ['input', 'roleBindings', 'clerk'], message: expect.stringContaining('expected the id of an Agent') },
  ]);
});

test.each([
  ['createStepThread', { stepId: 's', threadId: 't' }],
  ['createHandoff', { fromStepId: 'a', toStepId: 'b', payload: { total: 1 } }],
  ['createRunArtifact', { name: 'a.pdf', mimeType: 'application/pdf', sizeBytes: '1', sha256: 'a'.repeat(64), storageKey: 'k' }],
])('%s of a run that is not there says so', async (operation, input) => {
  const type = `${operation[0]?.toUpperCase()}${operation.slice(1)}Input`;
  const answer = await graph.data(`mutation ($input: ${type}!) { ${operation}(input: $input) { userErrors { code path } } }`, { input: { runId: 'run_01h455vb4pex5vsknk084sn02q', ...input } });
  expect(answer[operation].userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'runId'] }]);
});

test('an artifact with a bad hash, size and media type is refused for all three', async () => {
  const input = { runId: 'run_01h455vb4pex5vsknk084sn02q', name: 'a', mimeType: 'pdf', sizeBytes: '-1', sha256: 'ABC', storageKey: 'k' };
  const { createRunArtifact } = await graph.data('mutation ($input: CreateRunArtifactInput!) { createRunArtifact(input: $input) { userErrors { path } } }', { input });
  expect(createRunArtifact.userErrors.map(({ path }: { path: string[] }) => path[1])).toEqual(['mimeType', 'sizeBytes', 'sha256']);
});

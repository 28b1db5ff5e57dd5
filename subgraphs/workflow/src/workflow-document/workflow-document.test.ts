import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createWorkflowSubgraph } from '../index.ts';

let graph: TestSubgraph;
let workflowId: string;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('workflow'), createWorkflowSubgraph);
  const create = 'mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { workflow { id } } }';
  workflowId = (await graph.data(create, { input: { name: 'drafted', createdById: 'wrk_01h455vb4pex5vsknk084sn02q' } })).createWorkflow.workflow.id;
});
afterAll(() => graph.close());

const create = `mutation ($input: CreateWorkflowDocumentInput!) { createWorkflowDocument(input: $input) { workflowDocument { id contentHash workflow { name } } userErrors { code path message } } }`;
const update = `mutation ($input: UpdateWorkflowDocumentInput!) { updateWorkflowDocument(input: $input) { workflowDocument { contentHash pinned yaml } userErrors { path } } }`;
const yaml = 'steps:\n  - { id: fetch, role: clerk, command: fetch it }\n';

test('a draft carries the hash of its YAML, and the hash follows', async () => {
  const made = (await graph.data(create, { input: { workflowId, yaml } })).createWorkflowDocument.workflowDocument;
  expect(made).toMatchObject({ contentHash: expect.stringMatching(/^[0-9a-f]{64}$/), workflow: { name: 'drafted' } });
  const changed = (await graph.data(update, { input: { id: made.id, yaml: `${yaml}  - { id: check, role: auditor, command: check it }\n` } })).updateWorkflowDocument.workflowDocument;
  expect(changed.contentHash).not.toBe(made.contentHash);
  const pinned = (await graph.data(update, { input: { id: made.id, pinned: true } })).updateWorkflowDocument.workflowDocument;
  expect(pinned).toEqual({ ...changed, pinned: true });
});

test('a definition with faults is not saved, and each fault names its line', async () => {
  const { workflowDocument, userErrors } = (await graph.data(create, { input: { workflowId, yaml: 'steps:\n  - { id: a, role: r, command: c, depends_on: [b] }\n  - { id: a, role: r, command: "{{ args. }}" }\n  - { id: c, role: r, command: "{{ args. }}" }\n' } })).createWorkflowDocument;
  expect(workflowDocument).toBeNull();
  expect(userErrors.map(({ message }: { message: string }) => message)).toEqual([
    'yaml: line 2: step "a" depends on "b", which is not a step', 'yaml: line 3: step "a" is there twice',
    'yaml: line 4: step "c": {{ args. }} in its command: at character 6, a name is expected here, not the end',
  ]);
});

test('a draft of another organisation\'s workflow is a draft of nothing', async () => {
  const { createWorkflowDocument } = await graph.data(create, { input: { workflowId, yaml } }, anotherOrganisation);
  expect(createWorkflowDocument.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'workflowId'] }]);
});

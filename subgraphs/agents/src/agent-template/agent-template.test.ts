import { createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createAgentsSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('agents'), createAgentsSubgraph)));
afterAll(() => graph.close());

const create = 'mutation ($input: CreateAgentTemplateInput!) { createAgentTemplate(input: $input) { agentTemplate { id version } userErrors { path } } }';
const update = 'mutation ($input: UpdateAgentTemplateInput!) { updateAgentTemplate(input: $input) { agentTemplate { version category } userErrors { path } } }';
const remove = 'mutation ($input: DeleteAgentTemplateInput!) { deleteAgentTemplate(input: $input) { deletedId userErrors { code } } }';

async function aTemplate() {
  return (await graph.data(create, { input: { category: 'Finance', name: 'Clerk', config: { tier: 'PERSONAL' } } })).createAgentTemplate.agentTemplate;
}

test('each change of a template raises its version', async () => {
  const { id, version } = await aTemplate();
  expect(version).toBe(1);
  expect((await graph.data(update, { input: { id, category: 'Legal' } })).updateAgentTemplate.agentTemplate).toEqual({ version: 2, category: 'Legal' });
});

test('a template that agents were made from is not deleted; one without is', async () => {
  const [used, free] = [await aTemplate(), await aTemplate()];
  const define = 'mutation ($input: CreateAgentDefinitionInput!) { createAgentDefinition(input: $input) { agentDefinition { templateId } } }';
  await graph.data(define, { input: { agentId: 'made-from-it', name: 'Made', tier: 'PERSONAL', templateId: used.id } });
  expect((await graph.data(remove, { input: { id: used.id } })).deleteAgentTemplate).toEqual({ deletedId: null, userErrors: [{ code: 'CONFLICT' }] });
  expect((await graph.data(remove, { input: { id: free.id } })).deleteAgentTemplate).toEqual({ deletedId: free.id, userErrors: [] });
});

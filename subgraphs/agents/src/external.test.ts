import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createAgentsSubgraph } from './index.ts';

/** The organisation that `graph.data` asks for. */
const orgId = 'org_01jd0000000000000000000001';
const parentTypes = ['Gateway', 'Model', 'Prompt', 'SkillDefinition', 'Team', 'Worker', 'WorkerRole'] as const;

/** One of each parent in other domains. */
const someParents = () => Object.fromEntries(parentTypes.map((type) => [type, newId(type)])) as Record<(typeof parentTypes)[number], string>;
const parents = [someParents(), someParents(), someParents()] as const;

const define = 'mutation ($input: CreateAgentDefinitionInput!) { createAgentDefinition(input: $input) { agentDefinition { id configRevisions { nodes { id } } } } }';
const makeTemplate = 'mutation ($input: CreateAgentTemplateInput!) { createAgentTemplate(input: $input) { agentTemplate { id } } }';
const delegate = 'mutation ($input: CreateAgentSkillDelegationInput!) { createAgentSkillDelegation(input: $input) { agentSkillDelegation { id } } }';

const aDefinition = async (agentId: string, input: object = {}) =>
  (await graph.data(define, { input: { agentId, name: agentId, tier: 'PERSONAL', ...input } })).createAgentDefinition.agentDefinition;
const aTemplate = async (input: object) => (await graph.data(makeTemplate, { input: { category: 'Finance', name: 'Clerk', config: {}, ...input } })).createAgentTemplate.agentTemplate;

/** One row in each table, which refers to `its` parents. Answers the ids by type. */
async function insertRows(number: number, its: typeof parents[0]): Promise<Record<string, string>> {
  const [Agent, AgentDeployment] = [newId('Agent'), newId('AgentDeployment')];
  const model = { defaultModelId: its.Model, skillIds: [its.SkillDefinition] };
  const definition = await aDefinition(`clerk-${number}`, { ...model, promptId: its.Prompt, ownerId: its.Worker, owningTeamId: its.Team, roleId: its.WorkerRole, changedById: its.Worker });
  const other = await aDefinition(`helper-${number}`);
  const delegation = await graph.data(delegate, { input: { fromDefinitionId: definition.id, toDefinitionId: other.id, skillId: its.SkillDefinition } });
  const onGateway = [orgId, definition.id, its.Gateway];
  await runSql(graph.databaseUrl, `INSERT INTO "agentRegistry" ("orgId", "definitionId", "gatewayId", "id", "workerId", "agentId", "name") VALUES ($1, $2, $3, $4, $5, 'clerk', 'Clerk')`, [...onGateway, Agent, its.Worker]);
  await runSql(graph.databaseUrl, `INSERT INTO "agentDeployments" ("orgId", "definitionId", "gatewayId", "id", "version", "overrides") VALUES ($1, $2, $3, $4, 1, '{}')`, [...onGateway, AgentDeployment]);
  return {
    Agent, AgentDeployment, AgentDefinition: definition.id,
    AgentConfigRevision: definition.configRevisions.nodes[0].id,
    AgentSkillDelegation: delegation.createAgentSkillDelegation.agentSkillDelegation.id,
    AgentTemplate: (await aTemplate(model)).id,
  };
}

let graph: TestSubgraph;
let rows: readonly Record<string, string>[];
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('agents'), createAgentsSubgraph);
  rows = [await insertRows(1, parents[0]), await insertRows(2, parents[1])];
});
afterAll(() => graph.close());

/** The ids that each of the parents has in a list. */
async function listed(type: keyof typeof parents[0], field: string, principal?: typeof anotherOrganisation): Promise<string[][]> {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { ${field} { nodes { id } } } } }`;
  const { _entities: entities } = await graph.data(query, { representations: parents.map((its) => ({ __typename: type, id: its[type] })) }, principal);
  return entities.map((entity: Record<string, { nodes: { id: string }[] }>) => entity[field]?.nodes.map(({ id }) => id));
}

test.each([
  ['Gateway', 'agents', 'Agent'], ['Gateway', 'agentDeployments', 'AgentDeployment'],
  ['Model', 'agentDefinitions', 'AgentDefinition'], ['Model', 'agentTemplates', 'AgentTemplate'],
  ['Prompt', 'agentDefinitions', 'AgentDefinition'],
  ['SkillDefinition', 'agentDefinitions', 'AgentDefinition'], ['SkillDefinition', 'delegations', 'AgentSkillDelegation'], ['SkillDefinition', 'agentTemplates', 'AgentTemplate'],
  ['Team', 'agentDefinitions', 'AgentDefinition'],
  ['Worker', 'agents', 'Agent'], ['Worker', 'ownedAgentDefinitions', 'AgentDefinition'], ['Worker', 'agentConfigRevisions', 'AgentConfigRevision'],
  ['WorkerRole', 'agentDefinitions', 'AgentDefinition'],
] as const)('%s.%s of three parents is one statement, each has its own rows, and another organisation has none', async (type, field, of) => {
  graph.statements.clear();
  expect(await listed(type, field)).toEqual([[rows[0]?.[of]], [rows[1]?.[of]], []]);
  expect(graph.statements.texts).toHaveLength(1);
  expect(await listed(type, field, anotherOrganisation)).toEqual([[], [], []]);
});

test('the skills of a definition and of a template are stubs in the order they were given, and cost no statement', async () => {
  const skillIds = parents.map((its) => its.SkillDefinition).reverse();
  const [{ id: definition }, { id: template }] = [await aDefinition('skilled', { skillIds }), await aTemplate({ skillIds })];
  graph.statements.clear();
  const skills = skillIds.map((id) => ({ __typename: 'SkillDefinition', id }));
  expect(await graph.data('query ($id: ID!) { agentDefinition(id: $id) { skillIds skills { __typename id } } }', { id: definition })).toEqual({ agentDefinition: { skillIds, skills } });
  expect(await graph.data('query ($id: ID!) { agentTemplate(id: $id) { skills { __typename id } } }', { id: template })).toEqual({ agentTemplate: { skills } });
  expect(graph.statements.texts).toHaveLength(2);
});

test('a definition that names nobody and nothing has null for each of its references, and no skills', async () => {
  const { id } = await aDefinition('bare');
  expect(await graph.data('query ($id: ID!) { agentDefinition(id: $id) { prompt { id } defaultModel { id } skills { id } owner { id } owningTeam { id } role { id } } }', { id }))
    .toEqual({ agentDefinition: { prompt: null, defaultModel: null, skills: [], owner: null, owningTeam: null, role: null } });
});

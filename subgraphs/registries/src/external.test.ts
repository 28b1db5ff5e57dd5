import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createRegistriesSubgraph } from './index.ts';

/** The organisation that `graph.data` asks for. */
const orgId = 'org_01jd0000000000000000000001';

const someParents = () => ({ AgentDefinition: newId('AgentDefinition'), Gateway: newId('Gateway'), Worker: newId('Worker') });
const parents = [someParents(), someParents(), someParents()] as const;

async function insert(table: string, row: Record<string, unknown>): Promise<void> {
  const columns = Object.keys(row);
  const sql = `INSERT INTO "${table}" ("orgId", ${columns.map((column) => `"${column}"`).join(', ')}) VALUES ($1, ${columns.map((_, i) => `$${i + 2}`).join(', ')})`;
  await runSql(graph.databaseUrl, sql, [orgId, ...Object.values(row)]);
}

/** One row in each table, which refers to `its` parents. Answers the ids by type. */
async function insertRows(number: number, its: typeof parents[0]) {
  const ids = {
    Model: newId('Model'), RegisteredModel: newId('RegisteredModel'), ModelSlot: newId('ModelSlot'), SkillDefinition: newId('SkillDefinition'),
    RegisteredSkill: newId('RegisteredSkill'), Prompt: newId('Prompt'), PromptVersion: newId('PromptVersion'),
  };
  const named = { name: `thing-${number}` };
  await insert('modelCatalog', { id: ids.Model, modelKey: `openai/${number}`, provider: 'openai', displayName: 'M', inputPrice: 2, outputPrice: 8 });
  await insert('modelRegistry', { id: ids.RegisteredModel, gatewayId: its.Gateway, modelId: ids.Model, inputPrice: '1.6', outputPrice: '6.4' });
  await insert('modelSlots', { id: ids.ModelSlot, definitionId: its.AgentDefinition, slot: 'DEFAULT', modelId: ids.Model });
  await insert('skillDefinitions', { id: ids.SkillDefinition, ...named, instructions: '#', ownerId: its.Worker });
  await insert('skillRegistry', { id: ids.RegisteredSkill, ...named, gatewayId: its.Gateway, definitionId: ids.SkillDefinition });
  await insert('promptLibrary', { id: ids.Prompt, ...named, ownerId: its.Worker });
  await insert('promptVersions', { id: ids.PromptVersion, promptId: ids.Prompt, version: 1, template: 'Go.', createdById: its.Worker });
  return ids;
}

let graph: TestSubgraph;
let rows: readonly Awaited<ReturnType<typeof insertRows>>[];
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('registries'), createRegistriesSubgraph);
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
  ['AgentDefinition', 'modelSlots', 'ModelSlot'], ['Gateway', 'registeredModels', 'RegisteredModel'], ['Gateway', 'registeredSkills', 'RegisteredSkill'],
  ['Worker', 'ownedSkills', 'SkillDefinition'], ['Worker', 'ownedPrompts', 'Prompt'], ['Worker', 'promptVersions', 'PromptVersion'],
] as const)('%s.%s of three parents is one statement, each has its own rows, and another organisation has none', async (type, field, of) => {
  graph.statements.clear();
  expect(await listed(type, field)).toEqual([[rows[0]?.[of]], [rows[1]?.[of]], []]);
  expect(graph.statements.texts).toHaveLength(1);
  expect(await listed(type, field, anotherOrganisation)).toEqual([[], [], []]);
});

test('a registered model has its rates, its gateway, and its place among the registrations of the model', async () => {
  const query = 'query ($id: ID!) { registeredModel(id: $id) { available inputPrice cachedInputPrice lastSyncedAt gateway { id } model { modelKey registrations { nodes { id } } } } }';
  const id = rows[0]?.RegisteredModel;
  expect(await graph.data(query, { id })).toEqual({ registeredModel: {
    available: true, inputPrice: '1.6', cachedInputPrice: null, lastSyncedAt: null, gateway: { id: parents[0].Gateway }, model: { modelKey: 'openai/1', registrations: { nodes: [{ id }] } },
  } });
  expect(await graph.data(query, { id }, anotherOrganisation)).toEqual({ registeredModel: null });
});

test('a registered skill has its gateway, and its place among the registrations of the definition', async () => {
  const query = 'query ($id: ID!) { registeredSkill(id: $id) { name gateway { id } definition { name registrations { nodes { id } } } } }';
  const id = rows[1]?.RegisteredSkill;
  expect(await graph.data(query, { id })).toEqual({ registeredSkill: { name: 'thing-2', gateway: { id: parents[1].Gateway }, definition: { name: 'thing-2', registrations: { nodes: [{ id }] } } } });
  expect(await graph.data('{ registeredSkills { totalCount } registeredModels { totalCount } }', {}, anotherOrganisation)).toEqual({ registeredSkills: { totalCount: 0 }, registeredModels: { totalCount: 0 } });
});

test.each([
  ['a model twice at one gateway', () => ({ gatewayId: parents[0].Gateway, modelId: rows[0]?.Model }), 'modelRegistry_orgId_gatewayId_modelId_key'],
  ['a rate for input alone', () => ({ gatewayId: 'gtw_x', modelId: rows[0]?.Model, inputPrice: 1 }), 'modelRegistry_rates_are_complete'],
  ['a rate for cached input alone', () => ({ gatewayId: 'gtw_x', modelId: rows[0]?.Model, cachedInputPrice: 1 }), 'modelRegistry_rates_are_complete'],
  ['a rate below nothing', () => ({ gatewayId: 'gtw_x', modelId: rows[0]?.Model, inputPrice: 1, outputPrice: -1 }), 'modelRegistry_prices_not_negative'],
])('the registry of models refuses %s', async (_, row, constraint) => {
  await expect(insert('modelRegistry', { id: newId('RegisteredModel'), ...row() })).rejects.toThrow(constraint);
});

test('the registry of skills refuses a name twice at one gateway', async () => {
  await expect(insert('skillRegistry', { id: newId('RegisteredSkill'), name: 'thing-1', gatewayId: parents[0].Gateway })).rejects.toThrow('skillRegistry_orgId_gatewayId_name_key');
});

import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createRegistriesSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('registries'), createRegistriesSubgraph)));
afterAll(() => graph.close());

const create = 'mutation ($input: CreateSkillDefinitionInput!) { createSkillDefinition(input: $input) { skillDefinition { id status version tools updatedAt } userErrors { code path } } }';
const update = 'mutation ($input: UpdateSkillDefinitionInput!) { updateSkillDefinition(input: $input) { skillDefinition { status version description } userErrors { code path } } }';
const remove = 'mutation ($input: DeleteSkillDefinitionInput!) { deleteSkillDefinition(input: $input) { deletedId userErrors { code path } } }';

const make = async (input: object, principal?: typeof anotherOrganisation) => (await graph.data(create, { input: { instructions: '# Do it', ...input } }, principal)).createSkillDefinition;
const change = async (input: object, principal?: typeof anotherOrganisation) => (await graph.data(update, { input }, principal)).updateSkillDefinition;

test('a new skill is a draft at version 1; each change raises the version, also of many at once', async () => {
  const { id, status, version } = (await make({ name: 'counted', description: 'Counts' })).skillDefinition;
  expect({ status, version }).toEqual({ status: 'DRAFT', version: 1 });
  await Promise.all(Array.from({ length: 5 }, () => change({ id, status: 'ACTIVE' })));
  expect((await change({ id, description: null })).skillDefinition).toEqual({ status: 'ACTIVE', version: 7, description: null });
});

test('every fault comes at once, with its path', async () => {
  const { userErrors } = await make({ name: ' ', instructions: '', tools: ['search', 'search'], ownerId: 'x' });
  expect(userErrors.map(({ path }: { path: string[] }) => path.slice(1).join('.'))).toEqual(['name', 'instructions', 'tools.1', 'ownerId']);
});

test('a name is taken once in an organisation, when ten come at once too, and free in another', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => make({ name: 'taken' })));
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(Array(9).fill({ code: 'CONFLICT', path: ['input', 'name'] }));
  expect((await make({ name: 'taken' }, anotherOrganisation)).userErrors).toEqual([]);
});

test('a skill that a gateway has registered is not deleted; one without is', async () => {
  const [used, free] = [(await make({ name: 'used' })).skillDefinition.id, (await make({ name: 'free' })).skillDefinition.id];
  await runSql(graph.databaseUrl, `INSERT INTO "skillRegistry" ("id", "orgId", "name", "gatewayId", "definitionId") VALUES ('skr_1', 'org_01jd0000000000000000000001', 'used', 'gtw_1', $1)`, [used]);
  expect((await graph.data(remove, { input: { id: used } })).deleteSkillDefinition).toEqual({ deletedId: null, userErrors: [{ code: 'CONFLICT', path: ['input', 'id'] }] });
  expect((await graph.data(remove, { input: { id: free } })).deleteSkillDefinition).toEqual({ deletedId: free, userErrors: [] });
});

test('a change after another one is refused, and another organisation sees and changes nothing', async () => {
  const { id, updatedAt } = (await make({ name: 'contended' })).skillDefinition;
  expect((await change({ id, expectedVersion: updatedAt, tools: ['search'] })).userErrors).toEqual([]);
  expect((await change({ id, expectedVersion: updatedAt, tools: [] })).userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  expect((await change({ id, tools: [] }, anotherOrganisation)).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);
  expect(await graph.data('query ($id: ID!) { skillDefinition(id: $id) { id } }', { id }, anotherOrganisation)).toEqual({ skillDefinition: null });
});

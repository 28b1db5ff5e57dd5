import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createRegistriesSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('registries'), createRegistriesSubgraph)));
afterAll(() => graph.close());

const create = 'mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { prompt { id currentVersion tags updatedAt } userErrors { code path } } }';
const update = 'mutation ($input: UpdatePromptInput!) { updatePrompt(input: $input) { prompt { description ownerId tags } userErrors { code path } } }';
const remove = 'mutation ($input: DeletePromptInput!) { deletePrompt(input: $input) { deletedId userErrors { code } } }';
const ownerId = 'wrk_01h455vb4pex5vsknk084sn02q';

const make = async (input: object, principal?: typeof anotherOrganisation) => (await graph.data(create, { input }, principal)).createPrompt;
const change = async (input: object, principal?: typeof anotherOrganisation) => (await graph.data(update, { input }, principal)).updatePrompt;
const publish = (promptId: string, version: number, variables = ['name']) => runSql(graph.databaseUrl, `
  INSERT INTO "promptVersions" ("id", "orgId", "promptId", "version", "template", "variables")
  VALUES ($1, 'org_01jd0000000000000000000001', $2, $3, 'Greet {{name}}.', $4)`, [`prv_${promptId}_${version}`, promptId, version, variables]);

test('a new prompt has no version, and the client cannot say that it has', async () => {
  expect((await make({ name: 'greeting', tags: ['tone'] })).prompt).toMatchObject({ currentVersion: 0, tags: ['tone'] });
  const { errors } = await graph.ask('mutation { createPrompt(input: { name: "x", currentVersion: 3 }) { prompt { id } } }');
  expect(errors?.[0]?.message).toContain('is not defined by type "CreatePromptInput"');
});

test('every fault comes at once, with its path', async () => {
  const { userErrors } = await make({ name: 'x'.repeat(201), description: 'x'.repeat(2_001), tags: Array(21).fill('x'), ownerId: 'nobody' });
  expect(userErrors.map(({ path }: { path: string[] }) => path.slice(1).join('.'))).toEqual(['name', 'description', 'tags', 'ownerId']);
});

test('a name is taken once in an organisation, when ten come at once too, and free in another', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => make({ name: 'taken' })));
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual(Array(9).fill({ code: 'CONFLICT', path: ['input', 'name'] }));
  expect((await make({ name: 'taken' }, anotherOrganisation)).userErrors).toEqual([]);
});

test('an explicit null clears; a change after another one is refused; another organisation changes nothing', async () => {
  const { id, updatedAt } = (await make({ name: 'changing', description: 'Of old', ownerId })).prompt;
  expect((await change({ id, expectedVersion: updatedAt, description: null, ownerId: null })).prompt).toEqual({ description: null, ownerId: null, tags: [] });
  expect((await change({ id, expectedVersion: updatedAt, tags: ['late'] })).userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  expect((await change({ id, tags: ['theirs'] }, anotherOrganisation)).userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);
});

test('a prompt with a version is not deleted; one without is', async () => {
  const [used, free] = [(await make({ name: 'used' })).prompt.id, (await make({ name: 'free' })).prompt.id];
  await publish(used, 1);
  expect((await graph.data(remove, { input: { id: used } })).deletePrompt).toEqual({ deletedId: null, userErrors: [{ code: 'CONFLICT' }] });
  expect((await graph.data(remove, { input: { id: free } })).deletePrompt).toEqual({ deletedId: free, userErrors: [] });
});

test('versions come in their order, for their own organisation only, and never change', async () => {
  const { id } = (await make({ name: 'versioned' })).prompt;
  for (const version of [2, 1, 3]) await publish(id, version);
  const query = 'query ($id: ID!) { prompt(id: $id) { versions(orderBy: [{ field: VERSION }]) { nodes { version template variables prompt { name } } } } }';
  const versions = [1, 2, 3].map((version) => ({ version, template: 'Greet {{name}}.', variables: ['name'], prompt: { name: 'versioned' } }));
  expect(await graph.data(query, { id })).toEqual({ prompt: { versions: { nodes: versions } } });
  expect(await graph.data('query ($id: ID) { promptVersions(where: { promptId: { eq: $id } }) { totalCount } }', { id }, anotherOrganisation)).toEqual({ promptVersions: { totalCount: 0 } });
  await expect(runSql(graph.databaseUrl, `UPDATE "promptVersions" SET "template" = 'Insult {{name}}.'`)).rejects.toThrow('a row never changes once it is written');
});

test('the database itself refuses a version that is there, one before the first, and a variable that comes twice', async () => {
  const { id } = (await make({ name: 'guarded' })).prompt;
  await publish(id, 1);
  await expect(runSql(graph.databaseUrl, `INSERT INTO "promptVersions" ("id", "orgId", "promptId", "version", "template") VALUES ('prv_again', 'org_01jd0000000000000000000001', $1, 1, '')`, [id])).rejects.toThrow('promptVersions_orgId_promptId_version_key');
  await expect(publish(id, 0)).rejects.toThrow('promptVersions_count_from_one');
  await expect(publish(id, 2, ['name', 'name'])).rejects.toThrow('promptVersions_variables_once');
});

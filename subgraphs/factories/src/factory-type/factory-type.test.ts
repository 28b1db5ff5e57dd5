import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { aFactory } from '../fixture/factories.ts';
import { createFactoriesSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('factories'), createFactoriesSubgraph)));
afterAll(() => graph.close());

const create = 'mutation ($input: CreateFactoryTypeInput!) { createFactoryType(input: $input) { factoryType { id name description defaultConfig updatedAt } userErrors { code message path } } }';
const update = 'mutation ($input: UpdateFactoryTypeInput!) { updateFactoryType(input: $input) { factoryType { name description defaultConfig } userErrors { code path } } }';
const remove = 'mutation ($input: DeleteFactoryTypeInput!) { deleteFactoryType(input: $input) { deletedId userErrors { code message path } } }';
const aType = async (name: string) => (await graph.data(create, { input: { name } })).createFactoryType.factoryType;

test('a new factory type is found by its id, and by nobody else', async () => {
  const { id } = await aType('Desk');
  const byId = 'query ($id: ID!) { factoryType(id: $id) { name defaultConfig } }';
  expect(await graph.data(byId, { id })).toEqual({ factoryType: { name: 'Desk', defaultConfig: {} } });
  expect(await graph.data(byId, { id }, anotherOrganisation)).toEqual({ factoryType: null });
});

test('of five types of one name at once one is made, and a config is an object', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => graph.data(create, { input: { name: 'Lab' } })));
  expect(answers.flatMap(({ createFactoryType }) => createFactoryType.userErrors)).toEqual(Array(4).fill({ code: 'CONFLICT', path: ['input', 'name'], message: 'name: is taken already; it must be unique' }));
  expect((await graph.data(create, { input: { name: '', defaultConfig: [] } })).createFactoryType.userErrors).toMatchObject([{ path: ['input', 'name'] }, { path: ['input', 'defaultConfig'], message: 'defaultConfig: must be a JSON object' }]);
});

test('an update takes only what changes, unless somebody was first', async () => {
  const { id, updatedAt } = await aType('Shop');
  expect((await graph.data(update, { input: { id, defaultConfig: { shifts: 2 }, expectedVersion: updatedAt } })).updateFactoryType.factoryType).toEqual({ name: 'Shop', description: null, defaultConfig: { shifts: 2 } });
  expect((await graph.data(update, { input: { id, name: 'Stall', expectedVersion: updatedAt } })).updateFactoryType.userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  expect((await graph.data(update, { input: { id, name: 'Theirs' } }, anotherOrganisation)).updateFactoryType.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'id'] }]);
});

test('a type that a factory is of is not deleted; one of nothing is', async () => {
  const factory = await aFactory(graph);
  const { typeId } = (await graph.data('query ($id: ID!) { factory(id: $id) { typeId } }', { id: factory })).factory;
  expect((await graph.data(remove, { input: { id: typeId } })).deleteFactoryType.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'id'] }]);
  const { id } = await aType('Of nothing');
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteFactoryType.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(remove, { input: { id } })).deleteFactoryType).toEqual({ deletedId: id, userErrors: [] });
});

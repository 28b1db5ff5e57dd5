import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph, underWay } from '@forge/testing';
import { createWorkforceSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('workforce'), createWorkforceSubgraph)));
afterAll(() => graph.close());

const create = 'mutation ($input: CreateOrgUnitInput!) { createOrgUnit(input: $input) { orgUnit { id metadata updatedAt } userErrors { code message path } } }';
const update = 'mutation ($input: UpdateOrgUnitInput!) { updateOrgUnit(input: $input) { orgUnit { name metadata } userErrors { code message path } } }';
const remove = 'mutation ($input: DeleteOrgUnitInput!) { deleteOrgUnit(input: $input) { deletedId userErrors { code message path } } }';

const aUnit = async (input: object = {}) => (await graph.data(create, { input: { type: 'guild', name: 'Security', ...input } })).createOrgUnit.orgUnit;
const faultsOf = async (input: object) => (await graph.data(update, { input })).updateOrgUnit.userErrors;

test('units make a tree, whose level is one statement', async () => {
  const root = await aUnit();
  for (const name of ['North', 'South']) await aUnit({ name, parentId: (await aUnit({ type: 'chapter', name, parentId: root.id })).id });
  graph.statements.clear();
  const { orgUnit } = await graph.data('query ($id: ID!) { orgUnit(id: $id) { parent { id } children(orderBy: { field: NAME }) { nodes { name parent { name } children { nodes { name } } } } } }', { id: root.id });
  const level = (name: string) => ({ name, parent: { name: 'Security' }, children: { nodes: [{ name }] } });
  expect(orgUnit).toEqual({ parent: null, children: { nodes: [level('North'), level('South')] } });
  expect(graph.statements.texts.filter((text) => text.includes('unnest'))).toHaveLength(2);
});

test('every fault of an input comes at once, with its path', async () => {
  const { createOrgUnit } = await graph.data(create, { input: { type: '', name: 'x'.repeat(201), leadId: 'x', metadata: [1] } });
  expect(createOrgUnit.userErrors.map(({ path }: { path: string[] }) => path[1])).toEqual(['type', 'name', 'leadId', 'metadata']);
});

test('what is noted of a unit is an object, and an explicit null clears it', async () => {
  const { id, metadata } = await aUnit({ metadata: { seats: 4, open: null } });
  expect(metadata).toEqual({ seats: 4, open: null });
  expect((await graph.data(update, { input: { id, name: 'Safety' } })).updateOrgUnit.orgUnit).toEqual({ name: 'Safety', metadata });
  expect((await graph.data(update, { input: { id, metadata: null } })).updateOrgUnit.orgUnit).toEqual({ name: 'Safety', metadata: null });
  expect(await graph.data('query ($id: ID!) { orgUnits(where: { id: { eq: $id }, metadata: { isNull: true } }) { totalCount } }', { id })).toEqual({ orgUnits: { totalCount: 1 } });
  expect(await faultsOf({ id, metadata: 'text' })).toMatchObject([{ code: 'INVALID', path: ['input', 'metadata'], message: 'metadata: must be a JSON object' }]);
});

test('of two units that go below each other at once, the second is refused', async () => {
  const [one, other] = [await aUnit(), await aUnit()];
  const { committed } = await underWay(graph.databaseUrl, `UPDATE "orgUnits" SET "parentId" = '${other.id}' WHERE "id" = '${one.id}'`);
  expect(await faultsOf({ id: other.id, parentId: one.id })).toMatchObject([{ code: 'INVALID', path: ['input', 'parentId'] }]);
  await committed;
});

test('a unit with one below it stays until that is gone, and an older version is not deleted', async () => {
  const root = await aUnit();
  const below = await aUnit({ parentId: root.id });
  expect((await graph.data(remove, { input: { id: root.id } })).deleteOrgUnit.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'id'] }]);
  await graph.data(update, { input: { id: below.id, name: 'Renamed' } });
  expect((await graph.data(remove, { input: { id: below.id, expectedVersion: below.updatedAt } })).deleteOrgUnit.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  for (const { id } of [below, root]) expect((await graph.data(remove, { input: { id } })).deleteOrgUnit).toEqual({ deletedId: id, userErrors: [] });
});

test('another organisation cannot see, change, delete or build on it', async () => {
  const { id } = await aUnit();
  expect(await graph.data('query ($id: ID!) { orgUnit(id: $id) { id } }', { id }, anotherOrganisation)).toEqual({ orgUnit: null });
  expect((await graph.data(update, { input: { id, name: 'Theirs' } }, anotherOrganisation)).updateOrgUnit.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteOrgUnit.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const { createOrgUnit } = await graph.data(create, { input: { type: 'guild', name: 'Below', parentId: id } }, anotherOrganisation);
  expect(createOrgUnit.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'parentId'] }]);
});

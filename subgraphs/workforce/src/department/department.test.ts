import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph, underWay } from '@forge/testing';
import { createWorkforceSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('workforce'), createWorkforceSubgraph)));
afterAll(() => graph.close());

const create = 'mutation ($input: CreateDepartmentInput!) { createDepartment(input: $input) { department { id name updatedAt } userErrors { code message path } } }';
const update = 'mutation ($input: UpdateDepartmentInput!) { updateDepartment(input: $input) { department { id name parentId costCenter } userErrors { code message path } } }';
const remove = 'mutation ($input: DeleteDepartmentInput!) { deleteDepartment(input: $input) { deletedId userErrors { code message path } } }';

let made = 0;
const aDepartment = async (input: object = {}) => (await graph.data(create, { input: { companyId: 'emea', name: `Department ${++made}`, ...input } })).createDepartment.department;
const faultsOf = async (input: object) => (await graph.data(update, { input })).updateDepartment.userErrors;

test('departments are found from above and from below', async () => {
  const top = await aDepartment();
  const below = [await aDepartment({ parentId: top.id }), await aDepartment({ parentId: top.id })];
  const query = 'query ($id: ID!) { department(id: $id) { parent { id } children(orderBy: { field: NAME }) { nodes { id parent { id } } } } }';
  expect(await graph.data(query, { id: top.id })).toEqual({ department: { parent: null, children: { nodes: below.map(({ id }) => ({ id, parent: { id: top.id } })) } } });
  expect(await graph.data(query, { id: top.id }, anotherOrganisation)).toEqual({ department: null });
});

test('of two at once a company has one of a name; another company may have it too', async () => {
  const answers = await Promise.all([1, 2].map(() => graph.data(create, { input: { companyId: 'emea', name: 'Finance' } })));
  expect(answers.flatMap(({ createDepartment }) => createDepartment.userErrors)).toEqual([{ code: 'CONFLICT', path: ['input', 'name'], message: 'companyId with name: is taken already; it must be unique' }]);
  expect(await aDepartment({ companyId: 'americas', name: 'Finance' })).toMatchObject({ name: 'Finance' });
});

test('every fault of an input comes at once, with its path', async () => {
  const { createDepartment } = await graph.data(create, { input: { companyId: '', name: 'x'.repeat(201), headId: 'dpt_01h455vb4pex5vsknk084sn02q' } });
  expect(createDepartment.userErrors.map(({ path }: { path: string[] }) => path[1])).toEqual(['companyId', 'name', 'headId']);
});

test('a department is not below itself, nor below one that is below it', async () => {
  const expected = [{ code: 'INVALID', path: ['input', 'parentId'], message: 'parentId: must not be the department itself or one below it' }];
  const top = await aDepartment();
  const middle = await aDepartment({ parentId: top.id });
  const bottom = await aDepartment({ parentId: middle.id });
  for (const { id } of [top, middle, bottom]) expect(await faultsOf({ id: top.id, parentId: id })).toEqual(expected);
});

test('of two departments that go below each other at once, the second is refused', async () => {
  const [one, other] = [await aDepartment(), await aDepartment()];
  const { committed } = await underWay(graph.databaseUrl, `UPDATE "departments" SET "parentId" = '${other.id}' WHERE "id" = '${one.id}'`);
  expect(await faultsOf({ id: other.id, parentId: one.id })).toMatchObject([{ code: 'INVALID', path: ['input', 'parentId'] }]);
  await committed;
});

test('a head or a parent that leads to nothing is a fault at its place', async () => {
  const { id } = await aDepartment();
  expect(await faultsOf({ id, headId: 'wrk_01h455vb4pex5vsknk084sn02q' })).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'headId'] }]);
  expect(await faultsOf({ id, parentId: 'dpt_01h455vb4pex5vsknk084sn02q' })).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'parentId'] }]);
});

test('an update with an older version is refused, and an explicit null clears', async () => {
  const { id, updatedAt } = await aDepartment({ costCenter: 'CC-1' });
  expect((await graph.data(update, { input: { id, expectedVersion: updatedAt, costCenter: null } })).updateDepartment.department).toMatchObject({ costCenter: null });
  expect(await faultsOf({ id, expectedVersion: updatedAt, costCenter: 'CC-2' })).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
});

test('a department with one below it stays until that is gone', async () => {
  const top = await aDepartment();
  const below = await aDepartment({ parentId: top.id });
  expect((await graph.data(remove, { input: { id: top.id } })).deleteDepartment.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'id'] }]);
  for (const { id } of [below, top]) expect((await graph.data(remove, { input: { id } })).deleteDepartment).toEqual({ deletedId: id, userErrors: [] });
});

test('another organisation cannot change, delete or build on it', async () => {
  const { id } = await aDepartment();
  expect((await graph.data(update, { input: { id, name: 'Theirs' } }, anotherOrganisation)).updateDepartment.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteDepartment.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const { createDepartment } = await graph.data(create, { input: { companyId: 'emea', name: 'Below', parentId: id } }, anotherOrganisation);
  expect(createDepartment.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'parentId'] }]);
});

import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph, underWay } from '@forge/testing';
import { newId } from '@forge/subgraph-kit';
import { createWorkforceSubgraph } from '../index.ts';

/** The organisation that `graph.data` asks for. */
const orgId = 'org_01jd0000000000000000000001';

let graph: TestSubgraph;
let teamId: string;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('workforce'), createWorkforceSubgraph);
  const { createDepartment } = await graph.data('mutation { createDepartment(input: { companyId: "emea", name: "Engineering" }) { department { id } } }');
  const { createTeam } = await graph.data('mutation ($id: ID!) { createTeam(input: { departmentId: $id, name: "Data" }) { team { id } } }', { id: createDepartment.department.id });
  teamId = createTeam.team.id;
});
afterAll(() => graph.close());

const create = 'mutation ($input: CreatePositionInput!) { createPosition(input: $input) { position { id headcount level status updatedAt } userErrors { code message path } } }';
const update = 'mutation ($input: UpdatePositionInput!) { updatePosition(input: $input) { position { headcount level status } userErrors { code message path } } }';
const remove = 'mutation ($input: DeletePositionInput!) { deletePosition(input: $input) { deletedId userErrors { code message path } } }';

const aPosition = async (input: object = {}) => (await graph.data(create, { input: { teamId, title: 'Engineer', ...input } })).createPosition.position;
const faultsOf = async (input: object) => (await graph.data(update, { input })).updatePosition.userErrors;

async function hold(positionId: string, startsOn: string, endsOn: string | null = null): Promise<void> {
  const [worker, assignment] = [newId('Worker'), newId('PositionAssignment')];
  await runSql(graph.databaseUrl, `INSERT INTO "workers" ("id", "orgId", "type", "displayName") VALUES ($1, $2, 'AGENT', 'Holder')`, [worker, orgId]);
  await runSql(graph.databaseUrl, `INSERT INTO "positionAssignments" ("id", "orgId", "positionId", "workerId", "startsOn", "endsOn") VALUES ($1, $2, $3, $4, $5, $6)`, [assignment, orgId, positionId, worker, startsOn, endsOn]);
}

test('a new position is open, for one, and known to its team', async () => {
  const { id, headcount, status } = await aPosition();
  expect({ headcount, status }).toEqual({ headcount: 1, status: 'OPEN' });
  const { team } = await graph.data('query ($id: ID!) { team(id: $id) { positions { nodes { id team { name } } } } }', { id: teamId });
  expect(team.positions.nodes).toContainEqual({ id, team: { name: 'Data' } });
});

test('every fault of an input comes at once, with its path', async () => {
  const { createPosition } = await graph.data(create, { input: { teamId: 'x', title: '', headcount: 0, level: 21 } });
  expect(createPosition.userErrors).toMatchObject([
    { path: ['input', 'teamId'] }, { path: ['input', 'title'] }, { path: ['input', 'headcount'], message: 'headcount: must be from 1 to 1,000' }, { path: ['input', 'level'], message: 'level: must be from 1 to 20' },
  ]);
});

test('a team that is not there is a fault at its place', async () => {
  const { createPosition } = await graph.data(create, { input: { teamId: 'tea_01h455vb4pex5vsknk084sn02q', title: 'Lost' } });
  expect(createPosition.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', 'teamId'], message: 'teamId: leads to nothing' }]);
});

test('an update takes only what changes, clears with an explicit null, and is refused to one who saw an older version', async () => {
  const { id, updatedAt: expectedVersion } = await aPosition({ level: 5 });
  expect((await graph.data(update, { input: { id, expectedVersion, level: null, status: 'FILLED' } })).updatePosition.position).toEqual({ headcount: 1, level: null, status: 'FILLED' });
  expect(await faultsOf({ id, expectedVersion, level: 6 })).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  expect(await faultsOf({ id, headcount: null })).toMatchObject([{ code: 'INVALID', path: ['input', 'headcount'] }]);
});

test('a headcount falls as far as the fullest day allows: people who follow each other count once', async () => {
  const { id } = await aPosition({ headcount: 5 });
  await hold(id, '2026-01-01', '2026-03-31');
  await hold(id, '2026-04-01');
  await hold(id, '2026-02-01', '2026-02-28');
  expect(await faultsOf({ id, headcount: 1 })).toMatchObject([{ code: 'CONFLICT', path: ['input', 'headcount'] }]);
  expect(await faultsOf({ id, headcount: 2 })).toEqual([]);
});

test('somebody is assigned while the headcount falls: refused', async () => {
  const { id } = await aPosition({ headcount: 2 });
  await hold(id, '2026-01-01');
  const { committed } = await underWay(graph.databaseUrl, `UPDATE "positions" SET "headcount" = 1 WHERE "id" = '${id}'`);
  await expect(hold(id, '2026-02-01')).rejects.toMatchObject({ constraint: 'positionAssignments_within_headcount' });
  await committed;
});

test('the headcount falls while somebody is assigned: refused', async () => {
  const { id } = await aPosition({ headcount: 2 });
  await hold(id, '2026-01-01');
  await hold(id, '2025-01-01', '2025-12-31');
  const { committed } = await underWay(graph.databaseUrl, `UPDATE "positionAssignments" SET "endsOn" = NULL WHERE "positionId" = '${id}'`);
  expect(await faultsOf({ id, headcount: 1 })).toMatchObject([{ code: 'CONFLICT', path: ['input', 'headcount'] }]);
  await committed;
});

test('a position that somebody holds stays, any other is deleted', async () => {
  const [held, free] = [await aPosition(), await aPosition()];
  await hold(held.id, '2026-01-01', '2026-01-31');
  expect((await graph.data(remove, { input: { id: held.id } })).deletePosition.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'id'] }]);
  expect((await graph.data(remove, { input: { id: free.id } })).deletePosition).toEqual({ deletedId: free.id, userErrors: [] });
});

test('another organisation cannot see, change or delete it', async () => {
  const { id } = await aPosition();
  expect(await graph.data('query ($id: ID!) { position(id: $id) { id } }', { id }, anotherOrganisation)).toEqual({ position: null });
  expect((await graph.data(update, { input: { id, level: 3 } }, anotherOrganisation)).updatePosition.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deletePosition.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

import { newId, type TypeName } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph, underWay } from '@forge/testing';
import { createWorkforceSubgraph } from '../index.ts';

/** The organisation that `graph.data` asks for. */
const orgId = 'org_01jd0000000000000000000001';

let graph: TestSubgraph;
let teamId: string;
beforeAll(async () => {
  graph = await startTestSubgraph(createTestDatabase('workforce'), createWorkforceSubgraph);
  const departmentId = await insert('Department', 'departments', { companyId: 'emea', name: 'Engineering' });
  teamId = await insert('Team', 'teams', { departmentId, name: 'Data' });
});
afterAll(() => graph.close());

async function insert(type: TypeName, table: string, row: object): Promise<string> {
  const values = { id: newId(type), orgId, ...row };
  const columns = Object.keys(values).map((name) => `"${name}"`);
  await runSql(graph.databaseUrl, `INSERT INTO "${table}" (${columns.join()}) VALUES (${columns.map((_, i) => `$${i + 1}`).join()})`, Object.values(values));
  return values.id;
}

const aWorker = () => insert('Worker', 'workers', { type: 'AGENT', displayName: 'Agent' });
const aPosition = (headcount: number) => insert('Position', 'positions', { teamId, title: 'Engineer', headcount });
const assign = (positionId: string, workerId: string, startsOn: string, endsOn: string | null = null, allocationPercent = 100) =>
  insert('PositionAssignment', 'positionAssignments', { positionId, workerId, startsOn, endsOn, allocationPercent });
const change = (id: string, set: string) => runSql(graph.databaseUrl, `UPDATE "positionAssignments" SET ${set} WHERE "id" = $1`, [id]);

test('an assignment is read from all its sides, by nobody else', async () => {
  const [positionId, workerId] = [await aPosition(1), await aWorker()];
  const id = await assign(positionId, workerId, '2026-01-01', '2026-12-31', 50);
  const query = `query ($id: ID!, $positionId: ID!, $workerId: ID!) {
    positionAssignment(id: $id) { allocationPercent startsOn endsOn position { id } worker { id } }
    position(id: $positionId) { assignments(where: { endsOn: { gte: "2026-12-31" } }) { nodes { id } } }
    worker(id: $workerId) { positionAssignments { nodes { id } } }
  }`;
  expect(await graph.data(query, { id, positionId, workerId })).toEqual({
    positionAssignment: { allocationPercent: 50, startsOn: '2026-01-01', endsOn: '2026-12-31', position: { id: positionId }, worker: { id: workerId } },
    position: { assignments: { nodes: [{ id }] } },
    worker: { positionAssignments: { nodes: [{ id }] } },
  });
  expect(await graph.data(query, { id, positionId, workerId }, anotherOrganisation)).toEqual({ positionAssignment: null, position: null, worker: null });
});

test.each([
  ['a share of nothing', '2026-01-01', null, 0, 'positionAssignments_allocation_in_range'],
  ['a share of more than everything', '2026-01-01', null, 101, 'positionAssignments_allocation_in_range'],
  ['an end before the start', '2026-01-02', '2026-01-01', 100, 'positionAssignments_end_after_start'],
])('%s is refused', async (_, startsOn, endsOn, percent, constraint) => {
  await expect(assign(await aPosition(1), await aWorker(), startsOn, endsOn, percent)).rejects.toMatchObject({ constraint });
});

test('a position is free again on the day after the last', async () => {
  const positionId = await aPosition(1);
  await assign(positionId, await aWorker(), '2026-01-01', '2026-01-31');
  const next = await aWorker();
  await expect(assign(positionId, next, '2026-01-31')).rejects.toMatchObject({ constraint: 'positionAssignments_within_headcount' });
  const id = await assign(positionId, next, '2026-02-01');
  await expect(change(id, `"startsOn" = '2026-01-31'`)).rejects.toMatchObject({ constraint: 'positionAssignments_within_headcount' });
});

test('of two who come to the last place at once, the second is refused', async () => {
  const positionId = await aPosition(1);
  const first = await assign(positionId, await aWorker(), '2025-01-01', '2025-01-31');
  const second = await assign(positionId, await aWorker(), '2025-02-01', '2025-02-28');
  const { committed } = await underWay(graph.databaseUrl, `UPDATE "positionAssignments" SET "startsOn" = '2026-01-01', "endsOn" = NULL WHERE "id" = '${first}'`);
  await expect(change(second, `"endsOn" = '2026-03-01'`)).rejects.toMatchObject({ constraint: 'positionAssignments_within_headcount' });
  await expect(assign(positionId, await aWorker(), '2026-06-01')).rejects.toMatchObject({ constraint: 'positionAssignments_within_headcount' });
  await committed;
});

test('the shares of a worker add up to 100 % on each day, and no further', async () => {
  const workerId = await aWorker();
  await assign(await aPosition(1), workerId, '2026-01-01', '2026-06-30', 60);
  const id = await assign(await aPosition(1), workerId, '2026-06-30', null, 40);
  await expect(change(id, '"allocationPercent" = 41')).rejects.toMatchObject({ constraint: 'positionAssignments_within_100_percent' });
  await change(id, `"startsOn" = '2026-07-01', "allocationPercent" = 100`);
});

test('of two positions given to a worker at once, the one that does not fit is refused', async () => {
  const workerId = await aWorker();
  const id = await assign(await aPosition(1), workerId, '2026-01-01', null, 10);
  const { committed } = await underWay(graph.databaseUrl, `UPDATE "positionAssignments" SET "allocationPercent" = 60 WHERE "id" = '${id}'`);
  await expect(assign(await aPosition(1), workerId, '2026-03-01', null, 50)).rejects.toMatchObject({ constraint: 'positionAssignments_within_100_percent' });
  await committed;
});

import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createWorkforceSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('workforce'), createWorkforceSubgraph)));
afterAll(() => graph.close());

const create = 'mutation ($input: CreateOrgUnitMembershipInput!) { createOrgUnitMembership(input: $input) { orgUnitMembership { id role updatedAt } userErrors { code message path } } }';
const update = 'mutation ($input: UpdateOrgUnitMembershipInput!) { updateOrgUnitMembership(input: $input) { orgUnitMembership { role } userErrors { code path } } }';
const remove = 'mutation ($input: DeleteOrgUnitMembershipInput!) { deleteOrgUnitMembership(input: $input) { deletedId userErrors { code path } } }';

const aUnit = async () => (await graph.data('mutation { createOrgUnit(input: { type: "guild", name: "Security" }) { orgUnit { id } } }')).createOrgUnit.orgUnit.id;
const aWorker = async () => (await graph.data('mutation { createWorker(input: { type: AGENT, displayName: "Agent" }) { worker { id } } }')).createWorker.worker.id;
const aMembership = async (unitId: string, workerId: string) => (await graph.data(create, { input: { unitId, workerId } })).createOrgUnitMembership.orgUnitMembership;

test('a membership is seen from the unit and from the worker, and those of several units are one statement', async () => {
  const [units, workerId] = [[await aUnit(), await aUnit()], await aWorker()];
  const made = [await aMembership(units[0], workerId), await aMembership(units[1], workerId)];
  expect(made).toMatchObject([{ role: 'member' }, { role: 'member' }]);
  graph.statements.clear();
  const { worker } = await graph.data('query ($id: ID!) { worker(id: $id) { unitMemberships { nodes { id unit { memberships { nodes { worker { id } } } } } } } }', { id: workerId });
  expect(worker.unitMemberships.nodes).toEqual(made.toReversed().map(({ id }) => ({ id, unit: { memberships: { nodes: [{ worker: { id: workerId } }] } } })));
  expect(graph.statements.texts.filter((text) => text.includes('"unitId" = parent.id'))).toHaveLength(1);
});

test('of two at once a worker gets into a unit once', async () => {
  const input = { unitId: await aUnit(), workerId: await aWorker() };
  const answers = await Promise.all([1, 2].map(() => graph.data(create, { input })));
  expect(answers.flatMap(({ createOrgUnitMembership }) => createOrgUnitMembership.userErrors)).toEqual([{ code: 'CONFLICT', path: ['input', 'workerId'], message: 'unitId with workerId: is taken already; it must be unique' }]);
});

test.each([['unitId', 'oun_01h455vb4pex5vsknk084sn02q'], ['workerId', 'wrk_01h455vb4pex5vsknk084sn02q']])('a %s that leads to nothing is a fault at its place', async (field, id) => {
  const { createOrgUnitMembership } = await graph.data(create, { input: { unitId: await aUnit(), workerId: await aWorker(), [field]: id } });
  expect(createOrgUnitMembership.userErrors).toEqual([{ code: 'NOT_FOUND', path: ['input', field], message: `${field}: leads to nothing` }]);
});

test('the part in the unit changes, is never empty, and the unit and the worker stay as long as the membership', async () => {
  const [unitId, workerId] = [await aUnit(), await aWorker()];
  const { id, updatedAt: expectedVersion } = await aMembership(unitId, workerId);
  expect((await graph.data(update, { input: { id, expectedVersion, role: 'observer' } })).updateOrgUnitMembership).toEqual({ orgUnitMembership: { role: 'observer' }, userErrors: [] });
  expect((await graph.data(update, { input: { id, expectedVersion, role: 'member' } })).updateOrgUnitMembership.userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  expect((await graph.data(update, { input: { id, role: ' ' } })).updateOrgUnitMembership.userErrors).toEqual([{ code: 'INVALID', path: ['input', 'role'] }]);
  const both = await graph.data('mutation ($unitId: ID!, $workerId: ID!) { deleteOrgUnit(input: { id: $unitId }) { userErrors { code } } deleteWorker(input: { id: $workerId }) { userErrors { code } } }', { unitId, workerId });
  expect(both).toEqual({ deleteOrgUnit: { userErrors: [{ code: 'CONFLICT' }] }, deleteWorker: { userErrors: [{ code: 'CONFLICT' }] } });
  expect((await graph.data(remove, { input: { id } })).deleteOrgUnitMembership).toEqual({ deletedId: id, userErrors: [] });
});

test('another organisation cannot see, change or delete it, nor take our worker into a unit', async () => {
  const [unitId, workerId] = [await aUnit(), await aWorker()];
  const { id } = await aMembership(unitId, workerId);
  expect(await graph.data('query ($id: ID!) { orgUnitMembership(id: $id) { id } }', { id }, anotherOrganisation)).toEqual({ orgUnitMembership: null });
  expect((await graph.data(update, { input: { id, role: 'x' } }, anotherOrganisation)).updateOrgUnitMembership.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteOrgUnitMembership.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(create, { input: { unitId, workerId } }, anotherOrganisation)).createOrgUnitMembership.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

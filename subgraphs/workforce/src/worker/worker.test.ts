import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph, underWay } from '@forge/testing';
import { createWorkforceSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('workforce'), createWorkforceSubgraph)));
afterAll(() => graph.close());

const create = 'mutation ($input: CreateWorkerInput!) { createWorker(input: $input) { worker { id type email status startedOn updatedAt } userErrors { code message path } } }';
const update = 'mutation ($input: UpdateWorkerInput!) { updateWorker(input: $input) { worker { type email status costCenter managerId startedOn endedOn } userErrors { code message path } } }';
const remove = 'mutation ($input: DeleteWorkerInput!) { deleteWorker(input: $input) { deletedId userErrors { code message path } } }';
const byId = 'query ($id: ID!) { worker(id: $id) { displayName managerId } }';

let made = 0;
const aPerson = async (input: object = {}) => (await graph.data(create, { input: { type: 'EMPLOYEE', displayName: 'Ada', email: `ada.${++made}@example.com`, ...input } })).createWorker.worker;
const faultsOf = async (input: object) => (await graph.data(update, { input })).updateWorker.userErrors;

test('a person has an address, kept in lower case, an agent has none, and days come back as they were given', async () => {
  expect(await aPerson({ email: 'Bram@Example.com', startedOn: '2024-02-29' })).toMatchObject({ type: 'EMPLOYEE', email: 'bram@example.com', status: 'ACTIVE', startedOn: '2024-02-29' });
  expect(await aPerson({ type: 'AGENT', email: null })).toMatchObject({ type: 'AGENT', email: null });
});

test('every fault of an input comes at once, with its path', async () => {
  const { createWorker } = await graph.data(create, { input: { type: 'CONTRACTOR', displayName: ' ', teamId: 'run_01h455vb4pex5vsknk084sn02q', startedOn: '2026-03-02', endedOn: '2026-03-01' } });
  expect(createWorker).toEqual({ worker: null, userErrors: [
    { code: 'INVALID', path: ['input', 'displayName'], message: 'displayName: needs at least 1 character' },
    { code: 'INVALID', path: ['input', 'teamId'], message: expect.stringContaining('expected the id of a Team') },
    { code: 'INVALID', path: ['input', 'email'], message: 'email: is needed for a person, and must be empty for an AGENT' },
    { code: 'INVALID', path: ['input', 'endedOn'], message: 'endedOn: must not lie before startedOn' },
  ] });
});

test.each([['teamId', 'tea_01h455vb4pex5vsknk084sn02q'], ['managerId', 'wrk_01h455vb4pex5vsknk084sn02q']])('a %s that leads to nothing is a fault, when it is created and when it changes', async (field, id) => {
  const expected = [{ code: 'NOT_FOUND', path: ['input', field], message: `${field}: leads to nothing` }];
  expect((await graph.data(create, { input: { type: 'AGENT', displayName: 'Lost', [field]: id } })).createWorker.userErrors).toEqual(expected);
  expect(await faultsOf({ id: (await aPerson()).id, [field]: id })).toEqual(expected);
});

test('of two at once with one address, however it is written, one is entered; another organisation may have it too', async () => {
  const input = { type: 'EMPLOYEE', displayName: 'Twin' };
  const answers = await Promise.all(['twin@example.com', 'TWIN@example.com'].map((email) => graph.data(create, { input: { ...input, email } })));
  expect(answers.flatMap(({ createWorker }) => createWorker.userErrors)).toEqual([{ code: 'CONFLICT', path: ['input', 'email'], message: 'email: is taken already; it must be unique' }]);
  expect((await graph.data(create, { input: { ...input, email: 'twin@example.com' } }, anotherOrganisation)).createWorker.userErrors).toEqual([]);
});

test('calls at once with one idempotency key enter one worker', async () => {
  const input = { type: 'AGENT', displayName: 'Once', idempotencyKey: 'k1' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => graph.data(create, { input })));
  expect(new Set(answers.map(({ createWorker }) => createWorker.worker.id)).size).toBe(1);
});

test('nobody manages themselves, nor anyone above them', async () => {
  const top = await aPerson();
  const middle = await aPerson({ managerId: top.id });
  const bottom = await aPerson({ managerId: middle.id });
  for (const managerId of [top.id, middle.id, bottom.id]) {
    expect(await faultsOf({ id: top.id, managerId })).toMatchObject([{ code: 'INVALID', path: ['input', 'managerId'] }]);
  }
  expect(await faultsOf({ id: bottom.id, managerId: top.id })).toEqual([]);
  expect(await graph.data(byId, { id: top.id })).toMatchObject({ worker: { managerId: null } });
});

test('of two at once who would manage each other, the second is refused', async () => {
  const [one, other] = [await aPerson(), await aPerson()];
  const { committed } = await underWay(graph.databaseUrl, `UPDATE "workers" SET "managerId" = '${other.id}' WHERE "id" = '${one.id}'`);
  expect(await faultsOf({ id: other.id, managerId: one.id })).toMatchObject([{ code: 'INVALID', path: ['input', 'managerId'] }]);
  await committed;
});

test('an update takes only what changes, an explicit null clears, and what is required is refused as null', async () => {
  const { id } = await aPerson({ costCenter: 'CC-1', startedOn: '2026-01-01' });
  expect((await graph.data(update, { input: { id, type: 'CONTRACTOR', status: 'INACTIVE', costCenter: null } })).updateWorker.worker).toMatchObject({ type: 'CONTRACTOR', status: 'INACTIVE', costCenter: null, startedOn: '2026-01-01' });
  expect(await faultsOf({ id, displayName: null })).toMatchObject([{ code: 'INVALID', path: ['input', 'displayName'] }]);
  expect(await faultsOf({ id, email: null })).toMatchObject([{ code: 'INVALID', path: ['input', 'email'] }]);
  expect(await faultsOf({ id, endedOn: '2025-12-31' })).toMatchObject([{ code: 'INVALID', path: ['input', 'endedOn'] }]);
});

test('an agent stays an agent, a person a person', async () => {
  const [agent, person] = [await aPerson({ type: 'AGENT', email: null }), await aPerson()];
  expect(await faultsOf({ id: agent.id, type: 'EMPLOYEE', email: 'agent@example.com' })).toMatchObject([{ code: 'INVALID', path: ['input', 'type'] }]);
  expect(await faultsOf({ id: person.id, type: 'AGENT', email: null })).toMatchObject([{ code: 'INVALID', path: ['input', 'type'] }]);
});

test('one who has left stays so, and keeps the last day', async () => {
  const { id } = await aPerson();
  expect(await faultsOf({ id, status: 'OFFBOARDED' })).toMatchObject([{ code: 'INVALID', path: ['input', 'status'] }]);
  await runSql(graph.databaseUrl, `UPDATE "workers" SET "status" = 'OFFBOARDED', "endedOn" = '2026-11-01' WHERE "id" = $1`, [id]);
  expect(await faultsOf({ id, status: 'ACTIVE' })).toMatchObject([{ code: 'INVALID_TRANSITION', path: ['input', 'status'] }]);
  expect(await faultsOf({ id, endedOn: null })).toMatchObject([{ code: 'INVALID', path: ['input', 'endedOn'] }]);
});

test('of changes at once that saw the same version one wins', async () => {
  const { id, updatedAt } = await aPerson();
  const answers = await Promise.all(Array.from({ length: 5 }, (_, i) => graph.data(update, { input: { id, expectedVersion: updatedAt, costCenter: `CC-${i}` } })));
  expect(answers.map(({ updateWorker }) => updateWorker.userErrors[0]?.code ?? 'written').toSorted()).toEqual([...Array(4).fill('CONFLICT'), 'written']);
});

test('one to whom others report is not deleted; one whom nothing refers to is', async () => {
  const boss = await aPerson();
  const report = await aPerson({ managerId: boss.id });
  expect((await graph.data(remove, { input: { id: boss.id } })).deleteWorker.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'id'] }]);
  expect((await graph.data(remove, { input: { id: report.id } })).deleteWorker).toEqual({ deletedId: report.id, userErrors: [] });
});

test('the reports of several managers are one statement', async () => {
  const bosses = [await aPerson(), await aPerson(), await aPerson()];
  for (const { id } of bosses) await aPerson({ managerId: id });
  graph.statements.clear();
  const { workers } = await graph.data('query ($ids: [ID!]!) { workers(where: { id: { in: $ids } }) { nodes { reports { nodes { id } } } } }', { ids: bosses.map(({ id }) => id) });
  expect(workers.nodes.map(({ reports }: { reports: { nodes: unknown[] } }) => reports.nodes.length)).toEqual([1, 1, 1]);
  expect(graph.statements.texts).toHaveLength(2);
});

test('another organisation cannot see, change, delete or manage one of ours', async () => {
  const { id } = await aPerson();
  expect(await graph.data(byId, { id }, anotherOrganisation)).toEqual({ worker: null });
  expect((await graph.data(update, { input: { id, costCenter: 'x' } }, anotherOrganisation)).updateWorker.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteWorker.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const { createWorker } = await graph.data(create, { input: { type: 'AGENT', displayName: 'Spy', managerId: id } }, anotherOrganisation);
  expect(createWorker.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'managerId'] }]);
});

import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { newId } from '@forge/subgraph-kit';
import { aFactory, aMember, setStatus } from '../fixture/factories.ts';
import { createFactoriesSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('factories'), createFactoriesSubgraph)));
afterAll(() => graph.close());

const create = 'mutation ($input: CreateFactoryTeamMemberInput!) { createFactoryTeamMember(input: $input) { factoryTeamMember { id role joinedAt leftAt } userErrors { code message path } } }';
const update = 'mutation ($input: UpdateFactoryTeamMemberInput!) { updateFactoryTeamMember(input: $input) { factoryTeamMember { role leftAt } userErrors { code message path } } }';
const remove = 'mutation ($input: DeleteFactoryTeamMemberInput!) { deleteFactoryTeamMember(input: $input) { deletedId userErrors { code path } } }';
const assign = 'mutation ($input: CreateFactoryAssignmentInput!) { createFactoryAssignment(input: $input) { factoryAssignment { id } userErrors { code } } }';
const leave = async (id: string) => (await graph.data(update, { input: { id, leftAt: new Date().toISOString() } })).updateFactoryTeamMember;

test('a place is found from the factory, the worker and the position, and by nobody else', async () => {
  const [factoryId, workerId, positionId] = [await aFactory(graph), newId('Worker'), newId('Position')];
  const { id, ...made } = (await graph.data(create, { input: { factoryId, workerId, positionId } })).createFactoryTeamMember.factoryTeamMember;
  expect(made).toMatchObject({ role: 'MEMBER', leftAt: null });
  const query = `query ($factoryId: ID!, $others: [_Any!]!) { factory(id: $factoryId) { teamMembers { nodes { id } } }
    _entities(representations: $others) { ... on Worker { factoryMemberships { nodes { id factory { id } } } } ... on Position { factoryMembers { nodes { id } } } } }`;
  const others = [{ __typename: 'Worker', id: workerId }, { __typename: 'Position', id: positionId }];
  expect(await graph.data(query, { factoryId, others })).toEqual({
    factory: { teamMembers: { nodes: [{ id }] } }, _entities: [{ factoryMemberships: { nodes: [{ id, factory: { id: factoryId } }] } }, { factoryMembers: { nodes: [{ id }] } }],
  });
  expect(await graph.data(query, { factoryId, others }, anotherOrganisation)).toEqual({ factory: null, _entities: [{ factoryMemberships: { nodes: [] } }, { factoryMembers: { nodes: [] } }] });
});

test('of ten places for one worker at once one is taken; who has left may come back', async () => {
  const [factoryId, workerId] = [await aFactory(graph), newId('Worker')];
  const answers = await Promise.all(Array.from({ length: 10 }, () => graph.data(create, { input: { factoryId, workerId } })));
  const taken = { code: 'CONFLICT', path: ['input', 'workerId'], message: 'workerId: has a current place in this factory already; change that one' };
  expect(answers.flatMap(({ createFactoryTeamMember }) => createFactoryTeamMember.userErrors)).toEqual(Array(9).fill(taken));
  const { id } = answers.map(({ createFactoryTeamMember }) => createFactoryTeamMember.factoryTeamMember).find(Boolean);
  expect((await leave(id)).userErrors).toEqual([]);
  expect((await graph.data(create, { input: { factoryId, workerId } })).createFactoryTeamMember.userErrors).toEqual([]);
  expect((await graph.data(update, { input: { id, leftAt: null } })).updateFactoryTeamMember.userErrors).toEqual([taken]);
});

test('times lie in the past, and in order', async () => {
  const factoryId = await aFactory(graph);
  const [early, late, future] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '2126-01-01T00:00:00Z'];
  expect((await graph.data(create, { input: { factoryId, workerId: newId('Worker'), joinedAt: future } })).createFactoryTeamMember.userErrors).toEqual([{ code: 'INVALID', path: ['input', 'joinedAt'], message: 'joinedAt: lies in the future' }]);
  const { id } = (await graph.data(create, { input: { factoryId, workerId: newId('Worker'), joinedAt: late } })).createFactoryTeamMember.factoryTeamMember;
  const refused = [{ code: 'INVALID', path: ['input', 'leftAt'], message: 'leftAt: lies before joinedAt' }];
  expect((await graph.data(update, { input: { id, leftAt: early } })).updateFactoryTeamMember.userErrors).toEqual(refused);
  expect((await graph.data(update, { input: { id, joinedAt: late, leftAt: early } })).updateFactoryTeamMember.userErrors).toEqual(refused);
});

test('an archived factory takes in nobody, a factory that is not there neither', async () => {
  const factoryId = await aFactory(graph, { status: 'ARCHIVED' });
  const join = async (id: string) => (await graph.data(create, { input: { factoryId: id, workerId: newId('Worker') } })).createFactoryTeamMember.userErrors;
  expect(await join(factoryId)).toEqual([{ code: 'CONFLICT', path: ['input', 'factoryId'], message: 'factoryId: the factory is ARCHIVED and takes in nobody' }]);
  expect(await join(newId('Factory'))).toEqual([{ code: 'NOT_FOUND', path: ['input', 'factoryId'], message: 'factoryId: leads to no Factory' }]);
});

test('nobody leaves open work behind; done work keeps nobody', async () => {
  const factoryId = await aFactory(graph);
  const { id, workerId } = await aMember(graph, factoryId);
  const work = (await graph.data(assign, { input: { factoryId, title: 'Open', assigneeId: workerId } })).createFactoryAssignment.factoryAssignment;
  expect((await leave(id)).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'id'], message: expect.stringContaining('has open work') }]);
  expect((await graph.data(remove, { input: { id } })).deleteFactoryTeamMember).toEqual({ deletedId: null, userErrors: [{ code: 'CONFLICT', path: ['input', 'id'] }] });
  await setStatus(graph, 'factoryAssignments', work.id, 'COMPLETE');
  expect((await leave(id)).userErrors).toEqual([]);
});

test('of leaving and being given work at once, one happens', async () => {
  const factoryId = await aFactory(graph);
  for (let round = 0; round < 10; round++) {
    const { id, workerId } = await aMember(graph, factoryId);
    const [left, given] = await Promise.all([leave(id), graph.data(assign, { input: { factoryId, title: 'Late', assigneeId: workerId } })]);
    expect([left.userErrors.length, given.createFactoryAssignment.userErrors.length].toSorted()).toEqual([0, 1]);
  }
});

test('another organisation changes and deletes nothing; the old version neither', async () => {
  const { id } = await aMember(graph, await aFactory(graph));
  expect((await graph.data(update, { input: { id, role: 'LEAD' } }, anotherOrganisation)).updateFactoryTeamMember.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(remove, { input: { id } }, anotherOrganisation)).deleteFactoryTeamMember.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.data(update, { input: { id, role: 'LEAD', expectedVersion: '2026-01-01T00:00:00Z' } })).updateFactoryTeamMember.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
  expect((await graph.data(update, { input: { id, role: 'LEAD' } })).updateFactoryTeamMember.factoryTeamMember).toEqual({ role: 'LEAD', leftAt: null });
  expect((await graph.data(remove, { input: { id } })).deleteFactoryTeamMember).toEqual({ deletedId: id, userErrors: [] });
});

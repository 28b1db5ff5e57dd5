import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { newId } from '@forge/subgraph-kit';
import { aFactory } from '../fixture/factories.ts';
import { createFactoriesSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('factories'), createFactoriesSubgraph)));
afterAll(() => graph.close());

const create = 'mutation ($input: CreateFactoryDevEnvironmentInput!) { createFactoryDevEnvironment(input: $input) { factoryDevEnvironment { id status provider url spec } userErrors { code message path } } }';
const request = async (input: object) => (await graph.data(create, { input: { name: 'main', ...input } })).createFactoryDevEnvironment;

test('a new environment is requested, and found from its factory and owner, and by nobody else', async () => {
  const [factoryId, ownerId] = [await aFactory(graph), newId('Worker')];
  const { factoryDevEnvironment: { id, ...made } } = await request({ factoryId, ownerId, spec: { cpus: 2 } });
  expect(made).toEqual({ status: 'REQUESTED', provider: 'exe.dev', url: null, spec: { cpus: 2 } });
  const query = `query ($id: ID!, $owners: [_Any!]!) { factoryDevEnvironment(id: $id) { owner { id } factory { devEnvironments { nodes { id } } } }
    _entities(representations: $owners) { ... on Worker { devEnvironments { nodes { id } } } } }`;
  const owners = [{ __typename: 'Worker', id: ownerId }];
  const found = { devEnvironments: { nodes: [{ id }] } };
  expect(await graph.data(query, { id, owners })).toEqual({ factoryDevEnvironment: { owner: { id: ownerId }, factory: found }, _entities: [found] });
  expect(await graph.data(query, { id, owners }, anotherOrganisation)).toEqual({ factoryDevEnvironment: null, _entities: [{ devEnvironments: { nodes: [] } }] });
});

test('a call that is repeated requests one', async () => {
  const factoryId = await aFactory(graph);
  const answers = await Promise.all(Array.from({ length: 10 }, () => request({ factoryId, idempotencyKey: 'main' })));
  expect(new Set(answers.map(({ factoryDevEnvironment }) => factoryDevEnvironment.id)).size).toBe(1);
});

test('faults are named, and a factory that is paused, archived, not there or not ours gets none', async () => {
  const factoryId = await aFactory(graph);
  expect((await request({ factoryId, name: '', spec: [], ownerId: factoryId })).userErrors.map(({ path }: { path: string[] }) => path[1])).toEqual(['name', 'spec', 'ownerId']);
  for (const status of ['PAUSED', 'ARCHIVED']) {
    expect((await request({ factoryId: await aFactory(graph, { status }) })).userErrors).toEqual([{ code: 'CONFLICT', path: ['input', 'factoryId'], message: `factoryId: the factory is ${status} and gets no new environments` }]);
  }
  expect((await request({ factoryId: newId('Factory') })).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'factoryId'] }]);
  expect((await graph.data(create, { input: { factoryId, name: 'theirs' } }, anotherOrganisation)).createFactoryDevEnvironment.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('what is READY has a url, and what FAILED says why', async () => {
  const { id } = (await request({ factoryId: await aFactory(graph) })).factoryDevEnvironment;
  const report = (change: string) => runSql(graph.databaseUrl, `UPDATE "factoryDevEnvironments" SET ${change} WHERE "id" = $1`, [id]);
  await expect(report(`"status" = 'READY'`)).rejects.toThrow('factoryDevEnvironments_ready_has_url');
  await expect(report(`"status" = 'FAILED'`)).rejects.toThrow('factoryDevEnvironments_failed_has_error');
  await report(`"status" = 'READY', "url" = 'https://main.exe.dev/'`);
});

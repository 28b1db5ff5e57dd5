import { anotherOrganisation } from '@forge/testing';
import { startFixture, type Fixture } from './fixture/fixture.ts';

let graph: Fixture;
beforeEach(async () => (graph = await startFixture()));
afterEach(() => graph.close());

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

test('a root list is one statement over the columns that were asked for, with a limit', async () => {
  await graph.insert('workers', { name: 'Ada', rank: 1 });
  await graph.data('{ workers(first: 10) { nodes { name } } }');
  expect(graph.statements.texts).toEqual([
    'SELECT "id","name","createdAt" FROM "workers" WHERE "orgId" = $1 ORDER BY "createdAt" DESC,"id" DESC LIMIT $2',
  ]);
});

test.each([1, 100])('the lists of %i parents are one statement, each with its own limit', async (parents) => {
  for (let i = 0; i < parents; i++) {
    const teamId = await graph.insert('teams', { name: `team ${i}` });
    for (let j = 0; j < 4; j++) await graph.insert('workers', { name: `worker ${j}`, teamId, createdAt: at(j) });
  }
  const { teams } = await graph.data('{ teams(first: 100) { nodes { workers(first: 2) { nodes { name } pageInfo { hasNextPage } } } } }');
  expect(teams.nodes).toHaveLength(parents);
  expect(teams.nodes).toEqual(Array(parents).fill({ workers: { nodes: [{ name: 'worker 3' }, { name: 'worker 2' }], pageInfo: { hasNextPage: true } } }));
  expect(graph.statements.texts).toHaveLength(2);
  expect(graph.statements.texts[1]).toContain('CROSS JOIN LATERAL (SELECT "id","name","createdAt" FROM "workers" WHERE "orgId" = $2 AND "teamId" = parent.id');
});

test('totalCount costs a statement when asked for, one for all parents, and none otherwise', async () => {
  const [a, b] = [await graph.insert('teams', { name: 'a' }), await graph.insert('teams', { name: 'b' })];
  for (const teamId of [a, a, b]) await graph.insert('workers', { name: 'w', teamId });
  const { teams } = await graph.data('{ teams(orderBy: [{ field: NAME }]) { nodes { workers { totalCount } } } }');
  expect(teams.nodes).toEqual([{ workers: { totalCount: 2 } }, { workers: { totalCount: 1 } }]);
  expect(graph.statements.texts).toHaveLength(2);
});

test('a list column holds its parents', async () => {
  const [a, b] = [await graph.insert('teams', { name: 'a' }), await graph.insert('teams', { name: 'b' })];
  await graph.insert('workers', { name: 'both', mentorOf: [a, b] });
  await graph.insert('workers', { name: 'one', mentorOf: [b] });
  const { teams } = await graph.data('{ teams(orderBy: [{ field: NAME }]) { nodes { mentors(orderBy: [{ field: NAME }]) { nodes { name } } } } }');
  expect(teams.nodes).toEqual([{ mentors: { nodes: [{ name: 'both' }] } }, { mentors: { nodes: [{ name: 'both' }, { name: 'one' }] } }]);
});

test('another organisation\'s rows are in no list and no count', async () => {
  const teamId = await graph.insert('teams', { name: 'ours' });
  await graph.insert('workers', { name: 'theirs', teamId }, anotherOrganisation);
  const query = '{ workers { nodes { name } totalCount } teams { nodes { workers { nodes { name } totalCount } } } }';
  expect(await graph.data(query)).toEqual({ workers: { nodes: [], totalCount: 0 }, teams: { nodes: [{ workers: { nodes: [], totalCount: 0 } }] } });
});

test.each([
  ['first: 0', 'first: must be from 1 to 100; got 0'],
  ['first: 1000', 'first: must be from 1 to 100; got 1000'],
  ['last: -1', 'last: must be from 1 to 100; got -1'],
  ['first: 1, last: 1', 'last: give first or last, not both'],
  ['after: "rubbish"', 'after: is not a cursor of Worker'],
  ['orderBy: [{ field: NAME }, { field: NAME, direction: DESC }]', 'orderBy: names name twice'],
])('workers(%s) is refused: %s', async (args, message) => {
  const { errors } = await graph.ask(`{ workers(${args}) { nodes { id } } }`);
  expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(graph.statements.texts).toEqual([]);
});

test('a cursor is refused under another order, and for another type', async () => {
  const teamId = await graph.insert('teams', { name: 'a' });
  await graph.insert('workers', { name: 'w', teamId });
  const { workers, teams } = await graph.data('{ workers { edges { cursor } } teams { edges { cursor } } }');
  const page = (after: unknown) => graph.ask('query ($after: String) { workers(after: $after, orderBy: [{ field: NAME }]) { nodes { id } } }', { after });
  expect((await page(workers.edges[0]?.cursor)).errors).toMatchObject([{ message: 'after: was made under another orderBy; page with the order that the cursor comes from' }]);
  expect((await page(teams.edges[0]?.cursor)).errors).toMatchObject([{ message: 'after: is not a cursor of Worker' }]);
});

import { anotherOrganisation } from '@forge/testing';
import { startFixture, type Fixture } from './fixture/fixture.ts';
import { newId } from './type-ids.ts';

let graph: Fixture;
beforeEach(async () => (graph = await startFixture()));
afterEach(() => graph.close());

const entities = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Team { __typename name } ... on Worker { badge } } }';

test('100 representations are one statement; order is kept, unknown and foreign ones are null, without an error', async () => {
  const ids: (string | null)[] = [];
  for (let i = 0; i < 40; i++) ids.push(await graph.insert('teams', { name: `team ${i}` }));
  const theirs = await graph.insert('teams', { name: 'theirs' }, anotherOrganisation);
  const asked = Array.from({ length: 100 }, (_, i) => (i % 10 === 7 ? newId('Team') : i % 10 === 8 ? theirs : i % 10 === 9 ? 'rubbish' : ids[i % 40] as string));
  const { data, errors } = await graph.ask(entities, { representations: asked.map((id) => ({ __typename: 'Team', id })) });
  expect(errors).toBeUndefined();
  expect(data?.['_entities']).toEqual(asked.map((id) => (ids.includes(id) ? { __typename: 'Team', name: `team ${ids.indexOf(id)}` } : null)));
  expect(graph.statements.texts).toEqual(['SELECT "id","name" FROM "teams" WHERE "orgId" = $1 AND "id" = ANY($2)']);
});

test('an entity that is asked for its key alone is looked up all the same', async () => {
  const { data } = await graph.ask('query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Team { id } } }', { r: [{ __typename: 'Team', id: newId('Team') }] });
  expect(data).toEqual({ _entities: [null] });
});

test('the references of all rows are one statement, and a computed field brings the columns it needs', async () => {
  const teamId = await graph.insert('teams', { name: 'Core' });
  for (let i = 0; i < 20; i++) await graph.insert('workers', { name: `w${i}`, rank: i, teamId });
  const { workers } = await graph.data('{ workers { nodes { badge team { name } } } }');
  expect(workers.nodes[19]).toEqual({ badge: 'w0#0', team: { name: 'Core' } });
  expect(graph.statements.texts).toEqual([
    'SELECT "id","name","rank","teamId","createdAt" FROM "workers" WHERE "orgId" = $1 ORDER BY "createdAt" DESC,"id" DESC LIMIT $2',
    'SELECT "id","name" FROM "teams" WHERE "orgId" = $1 AND "id" = ANY($2)',
  ]);
});

test('fields behind fragments, aliases, @skip and @include are read only when they are answered', async () => {
  const id = await graph.insert('workers', { name: 'Ada' });
  const query = `query ($id: ID!, $no: Boolean!) { worker(id: $id) { ...Name alias: salary @include(if: $no) rank @skip(if: true) } } fragment Name on Node { id ... on Worker { name } }`;
  expect(await graph.data(query, { id, no: false })).toEqual({ worker: { id, name: 'Ada' } });
  expect(graph.statements.texts).toEqual(['SELECT "id","name" FROM "workers" WHERE "orgId" = $1 AND "id" = ANY($2)']);
});

test('an id of another type is refused, one of another organisation is not there', async () => {
  const theirs = await graph.insert('workers', { name: 'theirs' }, anotherOrganisation);
  expect(await graph.data('query ($id: ID!) { worker(id: $id) { id } }', { id: theirs })).toEqual({ worker: null });
  const { errors } = await graph.ask('{ worker(id: "tea_01h455vb4pex5vsknk084sn02q") { id } }');
  expect(errors).toMatchObject([{ message: expect.stringContaining('id: expected the id of a Worker'), extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('a value of every kind comes out as it went in', async () => {
  const values = { skills: ['a,b', '"'], moods: ['KEEN', 'CALM'], weight: 0.1, bornOn: '1815-12-10', levels: [3, -5], email: 'ada@example.com', page: 'https://example.com/ada', startedAt: '2026-01-01T00:00:00.000Z' };
  const id = await graph.insert('workers', { name: 'Ada', salary: '10.0001', ...values });
  expect((await graph.data(`query ($id: ID!) { worker(id: $id) { salary ${Object.keys(values).join(' ')} } }`, { id })).worker).toEqual({ salary: '10.0001', ...values });
});

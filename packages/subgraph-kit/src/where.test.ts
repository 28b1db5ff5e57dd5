import { startFixture, type Fixture } from './fixture/fixture.ts';

let graph: Fixture;
let ada: string;
let teamId: string;
beforeAll(async () => {
  graph = await startFixture();
  teamId = await graph.insert('teams', { name: 'Core' });
  ada = await graph.insert('workers', { name: 'Ada 100%', rank: 1, salary: '10.0001', skills: ['sql', 'graphql'], teamId, startedAt: '2026-01-01T00:00:00Z', moods: ['CALM', 'KEEN'], weight: 61.5, bornOn: '1815-12-10', levels: [3, 5] });
  await graph.insert('workers', { name: 'ben_1', rank: 2, salary: '10.0002', skills: ['sql'] });
  await graph.insert('workers', { name: 'Cleo', salary: '30', skills: [] });
});
afterAll(() => graph.close());

async function names(where: string): Promise<unknown> {
  const { workers } = await graph.data(`{ workers(where: ${where}, orderBy: [{ field: SALARY }]) { nodes { name } } }`);
  return (workers.nodes as { name: string }[]).map(({ name }) => name.slice(0, 3));
}

test.each([
  ['{ rank: { eq: 1 } }', ['Ada']],
  ['{ rank: { ne: 1 } }', ['ben', 'Cle']],
  ['{ rank: { in: [1, 2] } }', ['Ada', 'ben']],
  ['{ rank: { notIn: [1] } }', ['ben', 'Cle']],
  ['{ rank: { in: [] } }', []],
  ['{ rank: { isNull: true } }', ['Cle']],
  ['{ rank: { isNull: false, gt: 1 } }', ['ben']],
  ['{ salary: { gt: "10.0001", lte: "30" } }', ['ben', 'Cle']],
  ['{ startedAt: { gte: "2026-01-01T00:00:00.000Z" } }', ['Ada']],
  ['{ name: { contains: "aDa" } }', ['Ada']],
  ['{ name: { contains: "%" } }', ['Ada']],
  ['{ name: { contains: "_" } }', ['ben']],
  ['{ name: { startsWith: "BEN" } }', ['ben']],
  ['{ skills: { has: "sql" } }', ['Ada', 'ben']],
  ['{ skills: { hasAny: ["graphql", "rust"] } }', ['Ada']],
  ['{ moods: { has: KEEN } }', ['Ada']],
  ['{ moods: { hasAny: [CALM] }, levels: { has: 5 } }', ['Ada']],
  ['{ weight: { gt: 61.4, lt: 61.6 } }', ['Ada']],
  ['{ bornOn: { lte: "1815-12-10" } }', ['Ada']],
  ['{ bornOn: { gt: "1815-12-10" } }', []],
  ['{ OR: [{ rank: { eq: 1 } }, { name: { eq: "Cleo" } }] }', ['Ada', 'Cle']],
  ['{ AND: [{ rank: { gte: 1 } }, { NOT: { rank: { eq: 1 } } }] }', ['ben']],
  ['{ NOT: { rank: { eq: 1 } } }', ['ben', 'Cle']],
  ['{ OR: [] }', []],
  ['{ AND: [] }', ['Ada', 'ben', 'Cle']],
  ['{}', ['Ada', 'ben', 'Cle']],
])('where: %s', async (where, expected) => expect(await names(where)).toEqual(expected));

test('a reference is filtered by id', async () => expect(await names(`{ teamId: { eq: "${teamId}" } }`)).toEqual(['Ada']));

test('a filter and its opposite add up to all rows, missing values too', async () => {
  for (const filter of ['{ rank: { gt: 1 } }', '{ rank: { in: [2] } }', '{ startedAt: { lt: "2027-01-01T00:00:00Z" } }']) {
    const { some, rest, all } = await graph.data(`{ some: workers(where: ${filter}) { totalCount } rest: workers(where: { NOT: ${filter} }) { totalCount } all: workers { totalCount } }`);
    expect(Number(some.totalCount) + Number(rest.totalCount)).toBe(Number(all.totalCount));
  }
});

test('values never become SQL', async () => {
  expect(await names(`{ name: { eq: "'; DROP TABLE workers; --" } }`)).toEqual([]);
  expect(await names('{}')).toHaveLength(3);
});

test.each([
  ['{ teamId: { eq: "wrk_01h455vb4pex5vsknk084sn02q" } }', 'where.teamId.eq: expected the id of a Team'],
  ['{ id: { in: ["nonsense"] } }', 'where.id.in: expected the id of a Worker'],
  ['{ name: { eq: null } }', 'where.name.eq: must not be null; use isNull'],
  ['{ name: null }', 'where.name: must not be null; leave it out, or use isNull'],
  ['{ name: { contains: "\\u0000" } }', 'where.name.contains: must not contain the character U+0000'],
  [`{ name: { in: [${Array(501).fill('"x"').join()}] } }`, 'where.name.in: lists 501 values; at most 500 are allowed'],
  [`{ OR: [${Array(101).fill('{ rank: { eq: 1 } }').join()}] }`, 'a filter has at most 100 conditions'],
  [`${'{ NOT: '.repeat(9)}{ rank: { eq: 1 } }${' }'.repeat(9)}`, 'filters nest at most 8 deep'],
  ['{ nickname: { eq: "x" } }', 'Field "nickname" is not defined by type "WorkerFilter"'],
])('where: %.60s is refused', async (where, message) => {
  graph.statements.clear();
  const { errors } = await graph.ask(`{ workers(where: ${where}) { nodes { id } } }`);
  expect(errors?.[0]?.message).toContain(message);
  expect(graph.statements.texts).toEqual([]);
});

test('the row itself is found by its id', async () => expect(await names(`{ id: { eq: "${ada}" } }`)).toEqual(['Ada']));

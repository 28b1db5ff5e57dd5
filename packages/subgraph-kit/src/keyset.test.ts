import { startFixture, type Fixture } from './fixture/fixture.ts';

let graph: Fixture;
beforeAll(async () => {
  graph = await startFixture();
  // Ties, gaps and missing values in every column that orders.
  for (let i = 0; i < 40; i++) {
    const rank = i % 5 === 0 ? null : i % 3;
    const startedAt = i % 4 === 0 ? null : new Date(Date.UTC(2026, 0, 1 + (i % 6)));
    await graph.insert('workers', { name: `w${i % 7}`, rank, startedAt, salary: `${i % 3}.5000`, weight: i % 6 === 0 ? null : (i % 4) / 3, bornOn: i % 7 === 0 ? null : `2000-01-0${1 + (i % 5)}`, createdAt: new Date(Date.UTC(2026, 0, 1, 0, i % 10)) });
  }
});
afterAll(() => graph.close());

const orders = [
  '', '[{ field: NAME }]', '[{ field: RANK }]', '[{ field: RANK, direction: DESC }]', '[{ field: RANK, direction: DESC }, { field: NAME }]',
  '[{ field: STARTED_AT }, { field: RANK, direction: DESC }]', '[{ field: SALARY }, { field: CREATED_AT, direction: DESC }]',
  '[{ field: WEIGHT, direction: DESC }, { field: BORN_ON }]',
];

async function walk(order: string, size: 'first' | 'last'): Promise<string[]> {
  const [cursorArgument, cursorField, more] = size === 'first' ? ['after', 'endCursor', 'hasNextPage'] as const : ['before', 'startCursor', 'hasPreviousPage'] as const;
  const query = `query ($cursor: String) { workers(${order && `orderBy: ${order}, `}${size}: 7, ${cursorArgument}: $cursor) { nodes { id } pageInfo { ${cursorField} ${more} } } }`;
  const seen: string[] = [];
  for (let cursor: unknown = null; ;) {
    const { workers } = await graph.data(query, { cursor });
    const ids = (workers.nodes as { id: string }[]).map(({ id }) => id);
    if (size === 'first') seen.push(...ids);
    else seen.unshift(...ids);
    if (!workers.pageInfo[more]) return seen;
    cursor = workers.pageInfo[cursorField];
  }
}

test.each(orders)('paging by %s forwards and backwards meets every row once, in one order', async (order) => {
  const all = await graph.data(`{ workers(${order && `orderBy: ${order}, `}first: 100) { nodes { id } } }`);
  const expected = (all.workers.nodes as { id: string }[]).map(({ id }) => id);
  expect(new Set(expected).size).toBe(40);
  expect(await walk(order, 'first')).toEqual(expected);
  expect(await walk(order, 'last')).toEqual(expected);
});

test('an order over columns that all run one way and are always there is one row comparison', async () => {
  const { workers } = await graph.data('{ workers(first: 1) { pageInfo { endCursor } } }');
  graph.statements.clear();
  await graph.data('query ($after: String) { workers(first: 1, after: $after) { nodes { id } } }', { after: workers.pageInfo.endCursor });
  expect(graph.statements.texts[0]).toContain('("createdAt","id") < ($2,$3)');
});

test('deleting the row that a cursor points at breaks nothing', async () => {
  const id = await graph.insert('workers', { name: 'gone', createdAt: new Date(Date.UTC(2027, 0, 1)) });
  const { workers } = await graph.data('{ workers(first: 1) { nodes { id } pageInfo { endCursor } } }');
  expect(workers.nodes[0]?.id).toBe(id);
  const next = () => graph.data('query ($after: String) { workers(first: 5, after: $after) { nodes { id } } }', { after: workers.pageInfo.endCursor });
  const before = await next();
  await graph.remove('workers', id);
  expect(await next()).toEqual(before);
});

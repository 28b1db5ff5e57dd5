import { idOf } from '../fixture/domains.ts';
import { startFixture, transportKinds, type Fixture } from '../fixture/start.ts';

describe.each(transportKinds)('Query.node over %s', (kind) => {
  let fixture: Fixture;
  beforeAll(async () => { fixture = await startFixture(kind); });
  afterAll(() => fixture.close());
  beforeEach(() => { fixture.tasks.asked.length = fixture.workers.asked.length = 0; });

  test('finds a row of any type by its id, asking only its owner', async () => {
    const { data, errors } = await fixture.post(`{ node(id: "${idOf('wrk', 1)}") { __typename id ... on Worker { name } ... on Task { title } } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ node: { __typename: 'Worker', id: idOf('wrk', 1), name: 'Worker 1' } });
    expect(fixture.tasks.asked).toHaveLength(0);
    expect(fixture.workers.asked).toHaveLength(2);
  });

  test.each(['__typename', 'id', '__typename id', '... on Worker { name }', '... on Task { title }'])('is null for a row that is not there or is not yours: { %s }', async (fields) => {
    for (const n of [8, 9]) {
      const answer = await fixture.post(`{ node(id: "${idOf('wrk', n)}") { ${fields} } }`);
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual({ node: null });
      expect(answer.extensions).toBeUndefined();
    }
  });

  test('nodes keeps the order, has null where there is nothing, and asks each owner once', async () => {
    const ids = [idOf('tsk', 2), idOf('wrk', 8), idOf('wrk', 2), idOf('tsk', 2), idOf('wrk', 1)];
    const { data, errors } = await fixture.post('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { variables: { ids } });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ nodes: ids.map((id) => (id === idOf('wrk', 8) ? null : { id })) });
    expect([fixture.tasks.asked.length, fixture.workers.asked.length]).toEqual([1, 1]);
  });

  test.each([
    ['what is no id', '{ node(id: "nonsense") { id } }', 'id: expected an id'],
    ['an id of no type', `{ node(id: "${idOf('xyz', 1)}") { id } }`, 'id: no type of this graph has ids that begin with "xyz_"'],
    ['one bad id among good ones', `{ nodes(ids: ["${idOf('wrk', 1)}", "wrk_1"]) { id } }`, 'ids[1]: expected an id'],
    ['101 ids', `{ nodes(ids: ${JSON.stringify(Array.from({ length: 101 }, (_, n) => idOf('wrk', n)))}) { id } }`, 'ids: has 101 ids; at most 100'],
  ])('refuses %s', async (_, query, message) => {
    const { errors } = await fixture.post(query);
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining(message), extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) })]);
  });

  test('says at its place which row could not be looked for', async () => {
    fixture.workers.down = true;
    try {
      const { data, errors } = await fixture.post(`{ nodes(ids: ["${idOf('tsk', 1)}", "${idOf('wrk', 1)}"]) { id } }`);
      expect(data).toEqual({ nodes: [{ id: idOf('tsk', 1) }, null] });
      expect(errors).toEqual([expect.objectContaining({ path: ['nodes', 1], extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'workers' } })]);
    } finally {
      fixture.workers.down = false;
    }
  });
});

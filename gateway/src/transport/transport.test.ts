import { demoPrincipal } from '@forge/auth';
import { idOf } from '../fixture/domains.ts';
import { startFixture, transportKinds, type Fixture } from '../fixture/start.ts';

const workersAs = (org: string) => ({ headers: { authorization: `Org ${org}` } });

describe.each(transportKinds)('fetches over %s', (kind) => {
  let fixture: Fixture;
  beforeEach(async () => { fixture = await startFixture(kind); });
  afterEach(() => fixture.close());

  /** Holds the answers of the workers subgraph back until the function returned is called. */
  function holdWorkers(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    fixture.workers.gate = promise;
    return resolve;
  }
  const untilAsked = async (times: number) => {
    while (fixture.workers.asked.length < times) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  /** Long enough for a request that is not held back to reach the subgraph. */
  const aWhile = () => new Promise((resolve) => setTimeout(resolve, 500));

  test('each entity is asked for once and answered everywhere', async () => {
    const { data, errors } = await fixture.post('{ tasks { title assignee { name hiredAt } } }');
    const assignee = { name: 'Worker 1', hiredAt: '1970-01-01T00:00:00.000Z' };
    expect(errors).toBeUndefined();
    expect(data).toEqual({ tasks: [{ title: 'Task 1', assignee }, { title: 'Task 2', assignee }, { title: 'Task 3', assignee: null }] });
    expect(fixture.workers.asked.map(({ variables }) => variables)).toEqual([
      { representations: [{ __typename: 'Worker', id: idOf('wrk', 1) }, { __typename: 'Worker', id: idOf('wrk', 7) }] },
    ]);
  });

  test('an error at an entity is an error at each place that shows it', async () => {
    const { errors } = await fixture.post('{ tasks { assignee { secret } } }');
    expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual([
      [['tasks', 0, 'assignee', 'secret'], { code: 'FORBIDDEN' }],
      [['tasks', 1, 'assignee', 'secret'], { code: 'FORBIDDEN' }],
    ]);
  });

  test('the subgraph learns who is asking', async () => {
    await fixture.post('{ workers { id } }', workersAs('org_b'));
    expect(fixture.workers.asked[0]?.principal).toEqual({ ...demoPrincipal, orgId: 'org_b' });
  });

  test('identical queries at the same moment are one fetch', async () => {
    const release = holdWorkers();
    const answers = Array.from({ length: 10 }, () => fixture.post('{ workers { name } }'));
    await untilAsked(1);
    await aWhile();
    release();
    for (const { data } of await Promise.all(answers)) expect(data).toEqual({ workers: [{ name: 'Worker 1' }, { name: 'Worker 2' }] });
    expect(fixture.workers.asked).toHaveLength(1);
  });

  test('another principal, other variables or another moment are a fetch of their own', async () => {
    const query = 'query ($id: ID!) { worker(id: $id) { name } }';
    const release = holdWorkers();
    const ask = (n: number, org: string) => fixture.post(query, { variables: { id: idOf('wrk', n) }, ...workersAs(org) });
    const answers = [ask(1, 'org_a'), ask(1, 'org_b'), ask(2, 'org_a')];
    await untilAsked(3);
    release();
    expect((await Promise.all(answers)).map(({ data }) => data?.['worker'])).toEqual([{ name: 'Worker 1' }, null, { name: 'Worker 2' }]);
    await ask(1, 'org_a');
    expect(fixture.workers.asked).toHaveLength(4);
  });

  test('mutations are never shared', async () => {
    const release = holdWorkers();
    const rename = () => fixture.post(`mutation { renameWorker(id: "${idOf('wrk', 2)}", name: "New") { name } }`);
    const answers = [rename(), rename()];
    await untilAsked(2);
    release();
    for (const { errors } of await Promise.all(answers)) expect(errors).toBeUndefined();
  });

  test('who asks after a mutation has finished does not join a fetch from before', async () => {
    const release = holdWorkers();
    const before = fixture.post('{ workers { name } }');
    await untilAsked(1);
    fixture.workers.gate = Promise.resolve();
    await fixture.post(`mutation { renameWorker(id: "${idOf('wrk', 1)}", name: "New") { id } }`);
    const { data } = await fixture.post('{ workers { name } }');
    expect(data).toEqual({ workers: [{ name: 'New' }, { name: 'Worker 2' }] });
    release();
    await before;
    expect(fixture.workers.asked).toHaveLength(3);
  });

  test('who goes away does not take the others along', async () => {
    const release = holdWorkers();
    const leaving = new AbortController();
    const body = JSON.stringify({ query: '{ workers { name } }' });
    const gone = fetch(`${fixture.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: leaving.signal });
    await untilAsked(1);
    const staying = fixture.post('{ workers { name } }');
    await aWhile();
    leaving.abort();
    await expect(gone).rejects.toThrow();
    release();
    expect((await staying).data).toEqual({ workers: [{ name: 'Worker 1' }, { name: 'Worker 2' }] });
    expect(fixture.workers.asked).toHaveLength(1);
  });

  test('what is merged into one copy of a shared answer does not appear in another', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    fixture.tasks.gate = promise;
    const answers = [1, 2].map((style) => fixture.post(`{ tasks { assignee { name n: nickname(style: ${style}) } } }`));
    await aWhile();
    resolve();
    const [first, second] = await Promise.all(answers);
    expect(fixture.tasks.asked).toHaveLength(1);
    const tasks = (style: number) => [0, 1].map(() => ({ assignee: { name: 'Worker 1', n: `Worker 1/${style}` } }));
    expect(first?.data).toEqual({ tasks: [...tasks(1), { assignee: null }] });
    expect(second?.data).toEqual({ tasks: [...tasks(2), { assignee: null }] });
  });

  const unavailable = (subgraph: string) => (path: (string | number)[]) => ({
    message: `The subgraph "${subgraph}" is not available.`, path, extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph },
  });

  test('a subgraph that is down leaves the rest of the answer, and an error at each gap', async () => {
    fixture.workers.down = true;
    const { data, errors } = await fixture.post('{ tasks { title assignee { name } } }');
    expect(data).toEqual({ tasks: [1, 2, 3].map((n) => ({ title: `Task ${n}`, assignee: null })) });
    expect(errors).toEqual([0, 1, 2].map((n) => ['tasks', n, 'assignee']).map(unavailable('workers')));
  });

  test('what a subgraph that is down adds to the entities of another is missing there, and nothing else', async () => {
    fixture.tasks.down = true;
    const { data, errors } = await fixture.post('{ tasks { title } workers { name todo: tasks { title } } }');
    expect(data).toEqual({ tasks: null, workers: [1, 2].map((n) => ({ name: `Worker ${n}`, todo: null })) });
    expect(errors).toHaveLength(3);
    expect(errors).toEqual(expect.arrayContaining([['tasks'], ['workers', 0, 'todo'], ['workers', 1, 'todo']].map(unavailable('tasks'))));
  });
});

test.each(transportKinds)('a subgraph that does not answer in time is given up, over %s', async (kind) => {
  const fixture = await startFixture(kind, { limitsOf: () => ({ timeoutMilliseconds: 200 }) });
  const { promise, resolve } = Promise.withResolvers<void>();
  fixture.workers.gate = promise;
  const { errors } = await fixture.post('{ workers { name } }');
  expect(errors).toEqual([expect.objectContaining({ path: ['workers'], extensions: { code: 'TIMEOUT', subgraph: 'workers' } })]);
  resolve();
  await fixture.close();
});

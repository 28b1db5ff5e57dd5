import { request } from './fixture/hostile.ts';
import { honest, honestAnswer, startGateway, type HostileGateway } from './fixture/start-gateway.ts';

let gateway: HostileGateway;
beforeAll(async () => { gateway = await startGateway({ requestTimeoutMilliseconds: 60_000 }); });
afterAll(() => gateway.close());

const ask = (query: string, subject: string) => gateway.send(request({ headers: { 'x-subject': subject }, body: JSON.stringify({ query }) }));
const lists = ['tokenEvents', 'budgetTransactions', 'channelSessions', 'auditEvents', 'platformEvents'];

/** Within every limit and cheap, but each of its places is fetched in many domains. */
function bomb(n: number): string {
  const roots = Array.from({ length: 9 }, (_, i) => `r${i}: workflowRuns(first: 1) { nodes { ...Run workflow { tokenEvents(first: 1) { nodes { id } } } parentRun { ...Run } } }`);
  return `query Bomb${n} { ${roots.join(' ')} }
    fragment Run on WorkflowRun { a${n}: id ${lists.map((list) => `${list}(first: 1) { nodes { id } }`).join(' ')} tokens: tokenEvents(first: 1) { nodes { id agent { ...Agent } } } stepResults(first: 1) { nodes { id agent { ...Agent } } } }
    fragment Agent on Agent { id name gateway { id name } definition { id name } worker { id } tokenEvents(first: 1) { nodes { id } } stepThreads(first: 1) { nodes { id } } artifacts(first: 1) { nodes { id } } }`;
}

test('operations that are long to plan keep nobody waiting but who asks for them', async () => {
  const began = performance.now();
  const bombs = Promise.all(Array.from({ length: 20 }, (_, n) => ask(bomb(n), 'bomber').then(({ answers }) => ({ status: answers[0]?.status, after: performance.now() - began }))));

  const known: number[] = [];
  for (let i = 0; i < 20; i++) {
    const { answers, milliseconds } = await gateway.send(honest);
    expect(answers).toMatchObject([{ status: 200, body: honestAnswer }]);
    known.push(milliseconds);
  }
  expect(Math.min(...known)).toBeLessThan(50);

  const anew = await ask('query New { workflows(first: 1) { totalCount __typename } }', 'somebody');
  const waited = performance.now() - began;
  expect(anew.answers).toMatchObject([{ status: 200 }]);

  const ended = await bombs;
  expect(new Set(ended.map(({ status }) => status))).toEqual(new Set([200]));
  // Behind one of them, or two, and not behind all.
  expect(ended.filter(({ after }) => after < waited).length).toBeLessThan(10);
}, 120_000);

test('more of them than may wait are turned away, the others are not', async () => {
  const bombs = Promise.all(Array.from({ length: 130 }, (_, n) => ask(bomb(1_000 + n), 'bomber')));
  const anew = await ask('query { a: workflows(first: 1) { totalCount } }', 'somebody');
  expect(anew.answers).toMatchObject([{ status: 200 }]);
  const statuses = Map.groupBy((await bombs).map(({ answers }) => answers[0]), (answer) => answer?.status);
  expect([...statuses.keys()].sort()).toEqual([200, 503]);
  expect(statuses.get(503)?.[0]).toMatchObject({ headers: { 'retry-after': '1' }, body: expect.stringContaining('OVERLOADED') });
}, 120_000);

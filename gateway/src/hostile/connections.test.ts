import { allButLast, post, request } from './fixture/hostile.ts';
import { honest, honestAnswer, startGateway, type HostileGateway } from './fixture/start-gateway.ts';

let gateway: HostileGateway;
beforeAll(async () => { gateway = await startGateway(); });
afterAll(() => gateway.close());

const head = 'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n';
const body = '{"query":"{ __typename }"}';
const bytes = (text: string) => Array.from(Buffer.from(text), (byte) => Buffer.from([byte]));

/** The fixture's gateway waits for a second, and looks twice a second whether one has passed. */
const patience = 2_500;

async function expectHonest(): Promise<void> {
  let best = Infinity;
  for (let i = 0; i < 20 && best >= 50; i++) {
    const { answers, milliseconds } = await gateway.send(honest);
    expect(answers).toMatchObject([{ status: 200, body: honestAnswer }]);
    best = Math.min(best, milliseconds);
  }
  expect(best).toBeLessThan(50);
}

test.each([
  ['a body that comes byte by byte', [Buffer.from(`${head}content-length: 1000\r\n\r\n`), ...bytes('{"query":"'.padEnd(1_000))]],
  ['a body shorter than it says', [Buffer.from(`${head}content-length: 1000\r\n\r\n${body}`)]],
  ['chunks that do not end', [Buffer.from(`${head}transfer-encoding: chunked\r\n\r\n`), ...Array.from({ length: 1_000 }, () => Buffer.from('1\r\n{\r\n'))]],
  ['headers that come byte by byte', bytes(head + 'x: y\r\n'.repeat(1_000))],
  ['half a line', [Buffer.from('POST /gra')]],
  ['nothing at all', []],
])('%s: 408, and meanwhile others are answered', async (_, pieces) => {
  const began = performance.now();
  const slow = gateway.send({ pieces, pauseMilliseconds: 10 });
  await expectHonest();
  expect((await slow).answers).toMatchObject([{ status: 408, body: expect.stringContaining('REQUEST_TIMEOUT') }]);
  expect(performance.now() - began).toBeLessThan(patience);
});

test('a body that comes byte by byte in time is answered at its last', async () => {
  const { answers, milliseconds } = await gateway.send({ pieces: [Buffer.from(`${head}connection: close\r\ncontent-length: ${body.length}\r\n\r\n`), ...bytes(body)], pauseMilliseconds: 10 });
  expect(answers).toMatchObject([{ status: 200, body: '{"data":{"__typename":"Query"}}' }]);
  expect(milliseconds).toBeLessThan(500);
});

test('three hundred connections that trickle keep nobody waiting, and are ended', async () => {
  const slow = Array.from({ length: 300 }, () => gateway.send({ pieces: bytes(head + 'x: y\r\n'.repeat(1_000)), pauseMilliseconds: 100 }));
  await expectHonest();
  const ended = await Promise.all(slow);
  expect(ended.every(({ answers }) => answers.length === 1 && answers[0]?.status === 408)).toBe(true);
  await expectHonest();
});

test('requests sent one behind the other are answered one behind the other, whatever is among them', async () => {
  const open = (query: string) => request({ headers: { connection: 'keep-alive' }, body: JSON.stringify({ query }) }).pieces;
  const deep = '{a'.repeat(1_000);
  const { answers } = await gateway.send(allButLast(Buffer.concat([...open(deep), ...open('{ __typename }'), ...open(deep), ...open('{ nonsense }'), ...honest.pieces])));
  expect(answers.map(({ status }) => status)).toEqual([400, 200, 400, 400, 200]);
  expect(answers.at(-1)?.body).toBe(honestAnswer);
});

test('nonsense behind a request closes the connection', async () => {
  const { answers } = await gateway.send(allButLast(Buffer.concat([...request({ headers: { connection: 'keep-alive' }, body }).pieces, Buffer.from('nonsense\r\n\r\n')])));
  expect(answers).toMatchObject([{ status: 400, headers: { connection: 'close' } }]);
  await expectHonest();
});

test('who leaves without waiting leaves nothing behind', async () => {
  const before = await gateway.state();
  for (let i = 0; i < 300; i++) await gateway.send({ pieces: [Buffer.concat(post({ query: '{ workflows { totalCount } }' }).pieces)], leaves: true });
  await expectHonest();
  expect((await gateway.state()).heap - before.heap).toBeLessThan(2 * 1_048_576);
});

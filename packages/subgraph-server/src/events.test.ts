import { batchMediaType, deliverOverHttp, type Arrival, type CloudEvent, type Receive } from '@forge/events';
import type { Subgraph } from '@forge/subgraph-kit';
import { randomBytes } from 'node:crypto';
import { createSubgraphServer } from './server.ts';
import { authenticator } from './trust.ts';

const [old, present, another] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const { signal } = new AbortController();
const arrived: Arrival[] = [];
let receive: Receive;
let url: string;
const subgraph: Subgraph = { name: 'chat', retention: [], health: async () => undefined, close: async () => undefined, execute: async () => ({}), receive: (events) => receive(events) };
const server = createSubgraphServer(subgraph, await authenticator('chat', undefined), [present, old]);
beforeAll(async () => (url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/events`));
beforeEach(() => {
  arrived.length = 0;
  receive = async (events) => {
    arrived.push(...events);
    return events.map(({ id }) => ({ id, error: null }));
  };
});
afterAll(() => server.close());

const event = (id: string, data: unknown = {}): CloudEvent => ({
  specversion: '1.0', id, source: '/forge/budget', type: 'budget.reservation.answered', subject: 'run_1', time: '2026-11-23T10:00:00.000Z',
  datacontenttype: 'application/json', orgid: 'org_1', data,
});

async function deliver(secret: Buffer, events: readonly CloudEvent[], to = url) {
  const { deliver, close } = deliverOverHttp(() => to, [secret]);
  try {
    return await deliver('chat', events, signal);
  } finally {
    await close();
  }
}

test.each([['the secret', present], ['the secret that is being replaced', old]])('a batch signed with %s arrives as it was sent, and is answered', async (_, secret) => {
  const events = [event('evt_1', { text: 'ß 漢字 \u2028 "\\' }), event('evt_2')];
  receive = async (batch) => {
    arrived.push(...batch);
    return [{ id: 'evt_1', error: null }, { id: 'evt_2', error: 'not today' }];
  };
  expect(await deliver(secret, events)).toEqual([{ id: 'evt_1', error: null }, { id: 'evt_2', error: 'not today' }]);
  expect(arrived).toEqual(events);
});

test('a batch that nobody known has signed is not looked at: 401', async () => {
  await expect(deliver(another, [event('evt_1')])).rejects.toThrow(/it answered 401: .*not signed by a subgraph of this platform/);
  const unsigned = await server.inject({ method: 'POST', url: '/events', headers: { 'content-type': batchMediaType }, payload: JSON.stringify([event('evt_1')]) });
  expect([unsigned.statusCode, unsigned.json()]).toMatchObject([401, { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }]);
  expect(arrived).toEqual([]);
});

test.each<[string, unknown]>([['not a batch', { id: 'evt_1' }], ['events without ids', [{}]], ['101 events', Array.from({ length: 101 }, (_, i) => event(`evt_${i}`))]])('%s are refused: 400', async (_, batch) => {
  await expect(deliver(present, batch as CloudEvent[])).rejects.toThrow('it answered 400: {"errors":[{"message":"The body must be a batch of at most 100 events');
  expect(arrived).toEqual([]);
});

test('another media type is refused: 400', async () => {
  const { statusCode } = await server.inject({ method: 'POST', url: '/events', payload: [event('evt_1')] });
  expect(statusCode).toBe(400);
});

test('a body of more than ten megabytes is refused: 413', async () => {
  await expect(deliver(present, [event('evt_1', 'x'.repeat(11_000_000))])).rejects.toThrow(/it answered 413|other side closed|EPIPE|ECONNRESET/);
  expect(arrived).toEqual([]);
});

test('one event that is out of order reaches the subgraph among the others, which refuses it alone', async () => {
  await deliver(present, [event('evt_1'), { id: 'evt_2' } as CloudEvent]);
  expect(arrived.map(({ id }) => id)).toEqual(['evt_1', 'evt_2']);
});

test('a subgraph that cannot work counts as out of reach, and so does one that is not there', async () => {
  receive = async () => { throw new Error('no database'); };
  await expect(deliver(present, [event('evt_1')])).rejects.toThrow('it answered 500');
  await expect(deliver(present, [event('evt_1')], 'http://127.0.0.1:1/events')).rejects.toThrow('ECONNREFUSED');
});

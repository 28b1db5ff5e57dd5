import { createRandom } from '@forge/demo-data';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectGraph, GraphError, NoAnswerError, type GraphOptions } from './graph.ts';
import { startTally, type Tally } from './tally.ts';

type Reply = (response: ServerResponse) => void;

let server: Server;
let bodies: string[];
let authorizations: (string | undefined)[];
let replies: Reply[];
let tally: Tally;
beforeEach(async () => {
  [bodies, authorizations, replies, tally] = [[], [], [], startTally()];
  server = createServer((request, response) => {
    let body = '';
    authorizations.push(request.headers.authorization);
    request.setEncoding('utf8').on('data', (text: string) => (body += text)).on('end', () => {
      bodies.push(body);
      (replies.shift() ?? data({ ok: true }))(response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const json = (answer: object, status = 200): Reply => (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
const data = (value: object) => json({ data: value });
const errors = (code: string, status = 200) => json({ data: { ok: null }, errors: [{ message: 'no', path: ['ok'], extensions: { code } }] }, status);

const graph = (options: Partial<GraphOptions> = {}) => connectGraph({
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, random: createRandom(1), tally, drop: 0, signal: new AbortController().signal, ...options,
});

test.each<[string, Reply]>([
  ['a connection that breaks', (response) => response.destroy()],
  ['a status of 503', json({}, 503)],
  ['a status of 429', json({}, 429)],
  ['a domain that is away', errors('SUBGRAPH_UNAVAILABLE')],
  ['a domain that takes too long', errors('TIMEOUT')],
  ['something that went wrong inside', errors('INTERNAL_SERVER_ERROR', 500)],
  ['an answer without data', json({ data: null })],
])('after %s the same is asked again, in the same words', async (_, reply) => {
  replies = [reply, reply];
  expect(await graph().ask('mutation ($key: String!) { act(key: $key) }', { key: 'k' })).toEqual({ ok: true });
  expect(new Set(bodies)).toEqual(new Set([JSON.stringify({ query: 'mutation ($key: String!) { act(key: $key) }', variables: { key: 'k' } })]));
  expect([bodies.length, tally.retried, tally.dropped]).toEqual([3, 2, 0]);
});

test.each<[string, Reply]>([
  ['a mistake in what is asked', errors('GRAPHQL_VALIDATION_FAILED', 400)],
  ['a thing that is not allowed', errors('FORBIDDEN')],
  ['a page that is no GraphQL', (response) => response.writeHead(404).end('<html>')],
])('%s is told of at once', async (_, reply) => {
  replies = [reply];
  await expect(graph().ask('{ ok }')).rejects.toThrow(GraphError);
  expect(bodies).toHaveLength(1);
});

test('it shows its key when it has one', async () => {
  await graph({ key: 'forge_sk_x' }).ask('{ ok }');
  await graph().ask('{ ok }');
  expect(authorizations).toEqual(['Bearer forge_sk_x', undefined]);
});

test('answers to mutations are thrown away as often as was said, after they were carried out; those to queries never', async () => {
  const lossy = graph({ drop: 0.3 });
  await Promise.all(Array.from({ length: 20 }, () => lossy.ask('mutation { act }')));
  expect(bodies).toHaveLength(20 + tally.dropped);
  expect(tally.dropped).toBeGreaterThan(2);
  expect(tally.retried).toBe(tally.dropped);
  bodies = [];
  for (let i = 0; i < 20; i++) await lossy.ask('query { ok }');
  expect(bodies).toHaveLength(20);
});

test('it gives up when there is no answer for long, and when it is to stop', async () => {
  replies = Array.from({ length: 100 }, () => json({}, 503));
  await expect(graph({ patienceMilliseconds: 100 }).ask('{ ok }')).rejects.toThrow(NoAnswerError);
  await expect(graph({ signal: AbortSignal.abort() }).ask('{ ok }')).rejects.toThrow(NoAnswerError);
});

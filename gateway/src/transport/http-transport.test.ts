import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { demoPrincipal } from '@forge/auth';
import { faults, refusingUrl, sendJson, serve } from './fixture/local-server.ts';
import { httpTransport, type HttpTransportOptions } from './http-transport.ts';
import type { SubgraphContext } from './transport.ts';

const query = { query: '{ ok }', kind: 'query' } as const;

/** Asks `url` once, as r1. */
async function askUrl(url: string, context: Partial<SubgraphContext> = {}, options: Partial<HttpTransportOptions> = {}) {
  const transport = httpTransport(url, { subgraph: 'chat', sign: async () => 'token', ...options });
  try {
    return await transport.execute(query, { principal: demoPrincipal, requestId: 'r1', ...context });
  } finally {
    await transport.close();
  }
}

/** What the transport makes of a server that answers like this. */
async function askServer(answer: RequestListener, context: Partial<SubgraphContext> = {}, options: Partial<HttpTransportOptions> = {}) {
  const server = await serve(answer);
  try {
    return { ...(await askUrl(server.url, context, options)), asked: server.asked };
  } finally {
    server.close();
  }
}

test('sends the signed principal, the request id, how much time is left, and nothing that is the gateway\'s own', async () => {
  const { data, asked } = await askServer((_, response) => sendJson(response, { data: { ok: true } }), { deadline: Date.now() + 60_000 });
  expect(data).toEqual({ ok: true });
  expect(asked).toHaveLength(1);
  expect(asked[0]?.headers).toMatchObject({ 'authorization': 'Bearer token', 'x-request-id': 'r1', 'content-length': '18' });
  expect(asked[0]?.headers['x-forge-deadline-ms']).toMatch(/^(5\d{4}|60000)$/);
  expect(asked[0]?.headers).not.toHaveProperty('traceparent');
  expect(asked[0]?.body).toBe('{"query":"{ ok }"}');
});

test('an answer in many pieces is read whole, a letter that was cut in two included', async () => {
  const bytes = Buffer.from(JSON.stringify({ data: { ok: 'ü'.repeat(50_000) } }));
  const { data } = await askServer((_, response) => {
    response.write(bytes.subarray(0, 40_002), () => setTimeout(() => response.end(bytes.subarray(40_002)), 10));
  });
  expect(data).toEqual({ ok: 'ü'.repeat(50_000) });
});

test('a connection that comes to nothing is given up before the fetch is', async () => {
  // It takes the connection and never answers the TLS handshake.
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answer = askUrl(`https://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, {}, { connectTimeoutMilliseconds: 100 });
  await expect(answer).rejects.toMatchObject({ kind: 'connection', retryable: true, sent: false });
  server.close();
});

type FaultName = keyof typeof faults;
const passing = { kind: 'connection', retryable: true, outage: true, sent: true };
const nonsense = { kind: 'protocol', retryable: false, outage: true };
const silence = { kind: 'timeout', retryable: false, outage: true };

test.each<[FaultName, object]>([
  ['a connection reset before the headers', passing],
  ['a connection closed before the headers', passing],
  ['a connection reset within the body', passing],
  ['status 502', { kind: 'status', status: 502, retryable: true, outage: true, message: 'answered with status 502: <html>Bad Gateway</html>' }],
  ['status 503', { kind: 'status', status: 503, retryable: true, outage: true, message: 'answered with status 503' }],
  ['status 504', { kind: 'status', status: 504, retryable: true, outage: true }],
  ['status 500', { kind: 'status', status: 500, retryable: false, outage: true }],
  ['status 401', { kind: 'status', status: 401, retryable: false, outage: false }],
  ['JSON that ends early', nonsense],
  ['no JSON', nonsense],
  ['JSON that is no answer', nonsense],
  ['another type of content', nonsense],
  ['what is no HTTP', nonsense],
  ['a body without end', { kind: 'protocol', retryable: false, outage: false }],
  ['no headers', silence],
  ['headers and no body', silence],
])('%s is a fault of kind %j', async (name, fault) => {
  const answer = askServer(faults[name], {}, { maxResponseBytes: 1_000_000, silenceMilliseconds: 100 });
  await expect(answer).rejects.toMatchObject({ name: 'SubgraphFault', ...fault });
});

test('a connection that is refused was never given the request', async () => {
  await expect(askUrl(await refusingUrl())).rejects.toMatchObject({ kind: 'connection', retryable: true, outage: true, sent: false });
});

test.each<FaultName>(['no headers', 'headers and no body'])('who leaves ends a fetch at once, which the subgraph notices: %s', async (name) => {
  const server = await serve(faults[name]);
  const leaving = new AbortController();
  const answer = askUrl(server.url, { signal: leaving.signal });
  while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  leaving.abort(new Error('gone'));
  await expect(answer).rejects.toThrow('gone');
  await server.left;
  server.close();
});

test('who leaves while waiting for a connection is not waited for, and nothing is sent', async () => {
  const gate = Promise.withResolvers<void>();
  const server = await serve((_, response) => void gate.promise.then(() => sendJson(response, { data: null })));
  const transport = httpTransport(server.url, { subgraph: 'chat', sign: async () => 'token', connections: 1 });
  const ask = (context: Partial<SubgraphContext>) => transport.execute(query, { principal: demoPrincipal, ...context });
  const leaving = new AbortController();
  const first = ask({});
  const second = ask({ signal: leaving.signal });
  await new Promise((resolve) => setTimeout(resolve, 50));
  leaving.abort(new Error('gone'));
  await expect(second).rejects.toThrow('gone');
  gate.resolve();
  await first;
  await ask({});
  expect(server.asked).toHaveLength(2);
  await transport.close();
  server.close();
});

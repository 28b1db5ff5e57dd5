import type { RequestListener } from 'node:http';
import type { FetchLimits } from './fetch-limits.ts';
import { codes, fetchOver } from './fixture/fetch-over.ts';
import { faults, refusingUrl, sendJson, serve } from './fixture/local-server.ts';
import { httpTransport } from './http-transport.ts';

const { jest } = import.meta;
const closers: (() => unknown)[] = [];
afterEach(async () => { await Promise.all(closers.splice(0).map((close) => close())); });

function fetchFrom(url: string, limits: Partial<FetchLimits> = {}) {
  const transport = httpTransport(url, { subgraph: 'chat', sign: async () => 'token', maxResponseBytes: 1_000_000 });
  closers.push(() => transport.close());
  return fetchOver(transport, limits);
}

/** A subgraph that answers like the first of `answers` first, and like the last of them for ever. */
async function subgraph(answers: readonly RequestListener[], limits: Partial<FetchLimits> = {}) {
  let times = 0;
  const server = await serve((...exchange) => answers[Math.min(times++, answers.length - 1)]?.(...exchange));
  closers.unshift(() => server.close());
  return { ...fetchFrom(server.url, limits), server };
}

const well: RequestListener = (_, response) => sendJson(response, { data: { ok: true, change: true } });
type FaultName = keyof typeof faults;
const passing: FaultName[] = ['a connection reset before the headers', 'a connection closed before the headers', 'a connection reset within the body', 'status 502', 'status 503', 'status 504'];
const lasting: FaultName[] = ['status 500', 'status 401', 'JSON that ends early', 'no JSON', 'JSON that is no answer', 'another type of content', 'a body without end'];
const silent: FaultName[] = ['no headers', 'headers and no body'];

test.each(passing)('a query is asked again after %s, and again', async (name) => {
  const { same, server, observed } = await subgraph([faults[name], faults[name], well]);
  expect(await same()).toEqual({ data: { ok: true, change: true } });
  expect(server.asked).toHaveLength(3);
  expect(observed).toEqual([{ subgraph: 'chat', kind: 'query', outcome: 'ok', attempts: 3, seconds: expect.any(Number) }]);
});

test.each(passing)('a query is given up after the third time of %s', async (name) => {
  const { same, server, observed } = await subgraph([faults[name]]);
  const unavailable = { message: 'The subgraph "chat" is not available.', path: ['ok'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'chat' } };
  expect(await same()).toEqual({ data: null, errors: [unavailable] });
  expect(server.asked).toHaveLength(3);
  expect(observed).toMatchObject([{ outcome: 'unavailable', attempts: 3 }]);
});

test.each(lasting)('a query is not asked again after %s', async (name) => {
  const { same, server, observed, logged } = await subgraph([faults[name], well]);
  expect(codes(await same())).toEqual(['SUBGRAPH_UNAVAILABLE']);
  expect(server.asked).toHaveLength(1);
  expect(observed).toMatchObject([{ outcome: 'unavailable', attempts: 1 }]);
  expect(logged).toMatchObject([{ subgraph: 'chat', requestId: 'r1', err: { type: 'SubgraphFault' } }]);
});

test('nor when it was answered with errors', async () => {
  const errors = [{ message: 'It broke.', path: ['ok'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }];
  const { same, server, observed } = await subgraph([(_, response) => sendJson(response, { data: { ok: null }, errors }), well]);
  expect(await same()).toEqual({ data: { ok: null }, errors });
  expect(server.asked).toHaveLength(1);
  expect(observed).toMatchObject([{ outcome: 'errors', attempts: 1 }]);
});

test.each([...passing, ...lasting])('a mutation is asked once: %s', async (name) => {
  const { mutate, server, observed } = await subgraph([faults[name], well]);
  const unknown = { message: 'The subgraph "chat" is not available. It is not known whether the change was made.', path: ['change'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'chat' } };
  expect(await mutate()).toEqual({ data: null, errors: [unknown] });
  expect(server.asked).toHaveLength(1);
  expect(observed).toMatchObject([{ kind: 'mutation', outcome: 'unavailable', attempts: 1 }]);
});

test.each(silent)('with %s a subgraph is given up when its time is over, is not asked again, and notices', async (name) => {
  const { same, mutate, server, observed } = await subgraph([faults[name]], { timeoutMilliseconds: 400 });
  const late = (message: string, field: string) => ({ data: null, errors: [{ message, path: [field], extensions: { code: 'TIMEOUT', subgraph: 'chat' } }] });
  expect(await same()).toEqual(late('The subgraph "chat" did not answer in time.', 'ok'));
  await server.left;
  expect(await mutate()).toEqual(late('The subgraph "chat" did not answer in time. It is not known whether the change was made.', 'change'));
  expect(server.asked).toHaveLength(2);
  expect(observed).toMatchObject([{ outcome: 'timeout', attempts: 1 }, { outcome: 'timeout', attempts: 1 }]);
  for (const { seconds } of observed) expect(seconds).toBeLessThan(5);
});

test('where nobody listens a query is tried three times, and a mutation has certainly not happened', async () => {
  const { same, mutate, observed } = fetchFrom(await refusingUrl());
  expect(codes(await same())).toEqual(['SUBGRAPH_UNAVAILABLE']);
  expect((await mutate()).errors?.map(({ message }) => message)).toEqual(['The subgraph "chat" is not available.']);
  expect(observed).toMatchObject([{ outcome: 'unavailable', attempts: 3 }, { outcome: 'unavailable', attempts: 1 }]);
});

test('retries stay within their budget however many fetches fail', async () => {
  const { query, server } = await subgraph([faults['status 503']], { breakerMinimum: 1_000, breakerWindow: 1_000, retrySavings: 5 });
  for (let fetch = 0; fetch < 20; fetch++) await Promise.all(Array.from({ length: 10 }, () => query()));
  const retries = server.asked.length - 200;
  expect(retries).toBeGreaterThan(5);
  expect(retries).toBeLessThanOrEqual(5 + 200 * 0.2 + 10);
});

test('there is no retry when the time is over during the pause before it', async () => {
  const random = jest.spyOn(Math, 'random').mockReturnValue(0.5);
  const { same, server } = await subgraph([faults['status 503'], well], { retryPauseMilliseconds: 1_600, timeoutMilliseconds: 500 });
  expect(codes(await same())).toEqual(['TIMEOUT']);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(server.asked).toHaveLength(1);
  random.mockRestore();
});

import fastify, { type FastifyInstance } from 'fastify';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { refusalOf } from '../errors/refusal-of.ts';
import type { Clients, Seen } from './fixture/clients.ts';
import { shedLoad, type LoadLimits } from './shed-load.ts';

const workMilliseconds = 4;
let http: FastifyInstance;
afterEach(() => http.close());

/** A server that has some work with each request. */
async function serve(limits: LoadLimits): Promise<void> {
  http = fastify();
  http.setErrorHandler((error, _, reply) => {
    const { status = 500, headers = {}, errors = [] } = refusalOf(error) ?? {};
    return reply.code(status).headers(headers).send({ errors });
  });
  await http.register(async (graph) => {
    await shedLoad(graph, limits);
    graph.get('/', async () => {
      const until = performance.now() + workMilliseconds;
      while (performance.now() < until);
      await sleep(0);
      return 'done';
    });
  });
  await http.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
}

async function clients(load: Omit<Clients, 'port'>): Promise<Seen[]> {
  const worker = new Worker(new URL('./fixture/clients.ts', import.meta.url), { workerData: { ...load, port: (http.server.address() as AddressInfo).port } satisfies Clients });
  const [seen] = (await once(worker, 'message')) as [Seen[]];
  return seen;
}

test('of more clients than there is time for some are told to come again, none waits for long, and afterwards all are answered', async () => {
  await serve({ maxDelayMilliseconds: 300, maxInFlight: 10_000 });
  // Four times what it can do.
  const seen = await clients({ rate: 1_000, seconds: 3 });
  const refused = seen.filter(({ status }) => status === 503);
  expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([200, 503]));
  expect(new Set(refused.map(({ retryAfter }) => retryAfter))).toEqual(new Set(['1']));
  expect(Math.max(...seen.map(({ milliseconds }) => milliseconds))).toBeLessThan(5_000);

  await sleep(1_000);
  expect((await clients({ rate: 20, seconds: 1 })).filter(({ status }) => status !== 200)).toEqual([]);
});

test('one request more than there may be under way is told to come again', async () => {
  await serve({ maxDelayMilliseconds: 60_000, maxInFlight: 0 });
  expect(await clients({ rate: 1, seconds: 1 })).toMatchObject([{ status: 503, retryAfter: '1' }]);
});

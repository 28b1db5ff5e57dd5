import { AsyncLocalStorage } from 'node:async_hooks';
import { codes, fetchOver } from './fixture/fetch-over.ts';
import { inProcessTransport } from './in-process-transport.ts';
import type { Execute, SubgraphContext, SubgraphResponse } from './transport.ts';

const answered: SubgraphResponse = { data: { ok: true } };

/** A subgraph that holds its answers back until `release` is called. */
function held(limits = {}) {
  const contexts: SubgraphContext[] = [];
  const { promise, resolve } = Promise.withResolvers<SubgraphResponse>();
  const execute: Execute = (_, context) => {
    contexts.push(context);
    return promise;
  };
  return { contexts, release: () => resolve(answered), ...fetchOver({ execute, health: async () => {}, close: async () => {} }, limits) };
}

test('so many fetches are under way, so many wait, and one more is refused at once', async () => {
  const { contexts, release, query, gauges, observed } = held({ concurrent: 2, queued: 3 });
  const admitted = Array.from({ length: 5 }, () => query());
  expect(codes(await query())).toEqual(['SUBGRAPH_UNAVAILABLE']);
  expect(observed).toMatchObject([{ outcome: 'rejected', attempts: 0 }]);
  expect(gauges()).toEqual({ inFlight: 2, queued: 3, breaker: 'closed' });
  expect(contexts).toHaveLength(2);
  release();
  for (const answer of await Promise.all(admitted)) expect(answer).toEqual(answered);
  expect(gauges()).toEqual({ inFlight: 0, queued: 0, breaker: 'closed' });
});

test('the wait for a slot counts into the time, and a mutation that waited in vain was not made', async () => {
  const { contexts, release, query, mutate } = held({ concurrent: 1, queued: 5, timeoutMilliseconds: 50 });
  const [, second, change] = await Promise.all([query(), query(), mutate()]);
  expect(codes(second)).toEqual(['TIMEOUT']);
  expect(change.errors?.map(({ message }) => message)).toEqual(['The subgraph "chat" did not answer in time.']);
  expect(contexts).toHaveLength(1);
  release();
});

test('who waited for a slot goes on as the same request', async () => {
  const request = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  const gate = Promise.withResolvers<void>();
  const execute: Execute = async () => {
    seen.push(request.getStore());
    await gate.promise;
    return answered;
  };
  const { query } = fetchOver({ execute, health: async () => {}, close: async () => {} }, { concurrent: 1 });
  const asked = ['first', 'second', 'third'].map((id) => request.run(id, () => query()));
  gate.resolve();
  await Promise.all(asked);
  expect(seen).toEqual(['first', 'second', 'third']);
});

test('a subgraph in this process is given up in time too, and told so', async () => {
  let signal: AbortSignal | undefined;
  const transport = inProcessTransport({ name: 'chat', health: async () => {}, execute: (_, context) => { signal = context.signal; return new Promise(() => {}); } });
  const { query } = fetchOver(transport, { timeoutMilliseconds: 30 });
  expect(codes(await query())).toEqual(['TIMEOUT']);
  expect(signal?.aborted).toBe(true);
});

test('what a subgraph in this process throws reaches the log, and no client', async () => {
  const transport = inProcessTransport({ name: 'chat', health: async () => {}, execute: async () => { throw new Error('password authentication failed'); } });
  const { query, observed, logged } = fetchOver(transport);
  const answer = await query();
  expect(codes(answer)).toEqual(['SUBGRAPH_UNAVAILABLE']);
  expect(JSON.stringify(answer)).not.toContain('password');
  expect(JSON.stringify(logged)).toContain('password authentication failed');
  expect(observed).toMatchObject([{ outcome: 'unavailable', attempts: 1 }]);
});

test('a client that leaves ends a query, and only when nobody else waits for it', async () => {
  const { contexts, release, same, observed } = held();
  const [one, other] = [new AbortController(), new AbortController()];
  const left = same({ signal: one.signal });
  const stayed = same({ signal: other.signal });
  expect(contexts).toHaveLength(1);
  one.abort();
  await left;
  expect(contexts[0]?.signal?.aborted).toBe(false);
  release();
  expect(await stayed).toEqual(answered);
  expect(observed).toMatchObject([{ outcome: 'ok' }]);

  const alone = new AbortController();
  const { contexts: asked, same: askAlone } = held();
  const gone = askAlone({ signal: alone.signal });
  alone.abort();
  await gone;
  expect(asked[0]?.signal?.aborted).toBe(true);
});

test('a client that leaves does not end a mutation, the time of the operation does', async () => {
  const { contexts, release, mutate } = held();
  const leaving = new AbortController();
  const change = mutate({ signal: leaving.signal });
  leaving.abort();
  expect(contexts[0]?.signal?.aborted).toBe(false);
  release();
  expect(await change).toEqual(answered);

  const { mutate: mutateInVain, observed, states } = held({ breakerMinimum: 1, breakerWindow: 1 });
  const unknown = [{ message: 'The subgraph "chat" did not answer in time. It is not known whether the change was made.', path: ['change'], extensions: { code: 'TIMEOUT', subgraph: 'chat' } }];
  expect((await mutateInVain({ signal: AbortSignal.timeout(20) })).errors).toEqual(unknown);
  expect((await mutateInVain({ signal: leaving.signal, deadline: Date.now() + 20 })).errors).toEqual(unknown);
  expect(observed).toMatchObject([{ outcome: 'timeout', attempts: 1 }, { outcome: 'timeout', attempts: 1 }]);
  // Not the subgraph's fault.
  expect(states).toEqual([]);
});

test('a mutation whose time is up already is not sent', async () => {
  const { contexts, mutate, observed } = held();
  const answer = await mutate({ deadline: Date.now() - 1 });
  expect(answer.errors?.map(({ message }) => message)).toEqual(['The subgraph "chat" did not answer in time.']);
  expect([contexts.length, observed]).toEqual([0, [expect.objectContaining({ outcome: 'timeout', attempts: 0 })]]);
});

test('the subgraph learns when its time is up: the sooner of its own and a mutation\'s; for a query others may join, its own', async () => {
  const { contexts, release, query, mutate } = held({ timeoutMilliseconds: 20_000 });
  const now = Date.now();
  const asked = [mutate({ deadline: now + 5_000 }), mutate({ deadline: now + 60_000 }), query({ deadline: now + 5_000 })];
  release();
  await Promise.all(asked);
  const [short, long, shared] = contexts.map(({ deadline = 0 }) => Math.round((deadline - now) / 1_000));
  expect([short, long, shared]).toEqual([5, 20, 20]);
});

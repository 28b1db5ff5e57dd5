import { codes, fetchOver, until } from './fixture/fetch-over.ts';
import { SubgraphFault, statusFault } from './subgraph-fault.ts';
import type { Execute, SubgraphResponse } from './transport.ts';

const answered: SubgraphResponse = { data: { ok: true } };
const soon = { breakerWindow: 6, breakerMinimum: 3, breakerMilliseconds: 300, breakerMaxMilliseconds: 300, retries: 0 };
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 320));

/** A subgraph whose `answer` can be changed. */
function subgraph(limits = {}) {
  const chat = { asked: 0, answer: (async () => answered) as Execute };
  const transport = { execute: ((...ask) => { chat.asked += 1; return chat.answer(...ask); }) as Execute, health: async () => {}, close: async () => {} };
  return { chat, ...fetchOver(transport, { ...soon, ...limits }) };
}

const down: Execute = async () => { throw statusFault(500, ''); };

/** So many fetches, one after the other. */
async function times(count: number, ask: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i++) await ask();
}

test('a subgraph that keeps failing is no longer asked, until it answers again', async () => {
  const { chat, query, mutate, states, observed, gauges, logged } = subgraph();
  chat.answer = down;
  await times(3, query);
  expect(states).toEqual(['open']);
  expect(gauges().breaker).toBe('open');

  expect([codes(await query()), codes(await mutate())]).toEqual([['SUBGRAPH_UNAVAILABLE'], ['SUBGRAPH_UNAVAILABLE']]);
  expect(chat.asked).toBe(3);
  expect(observed.slice(3)).toMatchObject([{ outcome: 'rejected', attempts: 0 }, { outcome: 'rejected', attempts: 0 }]);
  // Three failures and that it opened; not each fetch that was refused.
  expect(logged).toHaveLength(4);

  chat.answer = async () => answered;
  await aWhile();
  expect(await query()).toEqual(answered);
  expect(states).toEqual(['open', 'half-open', 'closed']);
});

test('it stays open when the one that tries fails', async () => {
  const { chat, query, states } = subgraph();
  chat.answer = down;
  await times(3, query);
  await aWhile();
  await times(5, query);
  expect(chat.asked).toBe(4);
  expect(states).toEqual(['open', 'half-open', 'open']);
});

test('while one tries, nobody waits for it', async () => {
  const { chat, query, states } = subgraph();
  chat.answer = down;
  await times(3, query);
  await aWhile();
  const { promise, resolve } = Promise.withResolvers<SubgraphResponse>();
  chat.answer = () => promise;
  const trying = query();
  expect(codes(await query())).toEqual(['SUBGRAPH_UNAVAILABLE']);
  resolve(answered);
  expect(await trying).toEqual(answered);
  expect(chat.asked).toBe(4);
  expect(states).toEqual(['open', 'half-open', 'closed']);
});

test('one that tries and leaves proves nothing', async () => {
  const { chat, query, states, observed } = subgraph();
  chat.answer = down;
  await times(3, query);
  await aWhile();
  chat.answer = () => new Promise(() => {});
  const leaving = new AbortController();
  const trying = query({ signal: leaving.signal });
  await until(() => chat.asked === 4);
  leaving.abort();
  await trying;
  await until(() => observed.length === 4);
  expect(states).toEqual(['open', 'half-open', 'open']);
});

test.each<[string, Execute]>([
  ['errors in answers', async () => ({ data: null, errors: [{ message: 'It broke.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] })],
  ['requests that a subgraph refuses', async () => { throw statusFault(401, ''); }],
  ['answers that are too long', async () => { throw new SubgraphFault('protocol', 'too long', { outage: false }); }],
])('%s leave it closed', async (_, answer) => {
  const { chat, query, states } = subgraph();
  chat.answer = answer;
  await times(10, query);
  expect([chat.asked, states]).toEqual([10, []]);
});

test('clients that leave and operations whose time is up leave it closed', async () => {
  const { chat, query, states, observed } = subgraph();
  chat.answer = () => new Promise(() => {});
  await times(5, () => query({ signal: AbortSignal.timeout(5) }));
  await times(5, async () => {
    const leaving = new AbortController();
    const leave = query({ signal: leaving.signal });
    leaving.abort();
    await leave;
  });
  await until(() => observed.length === 10);
  expect(states).toEqual([]);
  expect(observed.map(({ outcome }) => outcome)).toEqual([...Array<string>(5).fill('timeout'), ...Array<string>(5).fill('aborted')]);
});

test('a subgraph that does not answer in time opens it', async () => {
  const { chat, query, states } = subgraph({ timeoutMilliseconds: 10 });
  chat.answer = () => new Promise(() => {});
  await times(3, query);
  expect(states).toEqual(['open']);
});

test('it looks at the last fetches only: half of them may fail', async () => {
  const { chat, query, states } = subgraph();
  await times(100, query);
  chat.answer = down;
  await times(3, query);
  expect(states).toEqual([]);
  await query();
  expect(states).toEqual(['open']);
});

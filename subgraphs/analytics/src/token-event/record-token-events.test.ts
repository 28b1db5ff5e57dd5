import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { createAnalyticsSubgraph } from '../index.ts';

const now = new Date('2026-11-20T12:00:00.000Z');
const model = 'mdl_01h455vb4pex5vsknk084sn02q';
const gateway = 'gw_01h455vb4pex5vsknk084sn02q';

let graph: TestSubgraph;
beforeEach(async () => (graph = await startTestSubgraph(createTestDatabase('analytics'), (settings) => createAnalyticsSubgraph({ ...settings, now: () => now }))));
afterEach(() => graph.close());

const record = `mutation ($input: RecordTokenEventsInput!) { recordTokenEvents(input: $input) { createdCount results { idempotencyKey created tokenEventId costCents } userErrors { code message path } } }`;
const price = `mutation ($input: RecordModelPriceInput!) { recordModelPrice(input: $input) { modelPrice { id effectiveFrom effectiveTo } userErrors { code message path } } }`;

async function aPrice(input: object = {}) {
  return (await graph.data(price, { input: { modelId: model, inputPrice: '3', outputPrice: '15', cachedInputPrice: '0.3', effectiveFrom: '2026-10-01T00:00:00Z', source: 'test', ...input } })).recordModelPrice;
}

function anEvent(input: object = {}) {
  return { idempotencyKey: 'k', occurredAt: '2026-11-20T11:00:00.000Z', modelId: model, inputTokens: 1000, outputTokens: 10, ...input };
}

const recordEvents = async (...events: object[]) => (await graph.data(record, { input: { events } })).recordTokenEvents;

test('a call costs what its tokens cost at the price in force, exactly', async () => {
  await aPrice({ inputPrice: '0.037501', outputPrice: '0.15', cachedInputPrice: '0.009375' });
  const { results } = await recordEvents(anEvent({ inputTokens: 12_347, cachedInputTokens: 345, outputTokens: 7, thinkingTokens: 7 }));
  // ((12347 - 345) x 0.037501 + 345 x 0.009375 + 7 x 0.15) / 10,000
  expect(results[0].costCents).toBe('0.0454371377');
});

test('a gateway\'s runtime records the calls of its own gateway; a batch with others is refused', async () => {
  const runtime = { ...anotherOrganisation, subject: gateway, kind: 'gateway', scopes: ['gateways:runtime'] } as const;
  await graph.data(price, { input: { modelId: model, inputPrice: '3', outputPrice: '15', effectiveFrom: '2026-10-01T00:00:00Z', source: 'test' } }, anotherOrganisation);
  const recorded = async (...events: object[]) => (await graph.data(record, { input: { events } }, runtime)).recordTokenEvents;
  const refused = await recorded(anEvent({ gatewayId: gateway }), anEvent({ idempotencyKey: 'l', gatewayId: newId('Gateway') }), anEvent({ idempotencyKey: 'm' }));
  expect(refused).toMatchObject({ createdCount: 0, userErrors: ['1', '2'].map((i) => ({ code: 'FORBIDDEN', path: ['input', 'events', i, 'gatewayId'] })) });
  expect(await recorded(anEvent({ gatewayId: gateway }))).toMatchObject({ createdCount: 1, userErrors: [] });
});

test('cached tokens cost as much as others where the model has no price for them', async () => {
  await aPrice({ cachedInputPrice: null });
  const { results } = await recordEvents(anEvent({ inputTokens: 100, cachedInputTokens: 100, outputTokens: 0 }));
  expect(results[0].costCents).toBe('0.03');
});

test('a call is priced at the rate of its own time, and by the gateway\'s own rate before the catalogue\'s', async () => {
  await aPrice();
  await aPrice({ inputPrice: '1', effectiveFrom: '2026-11-01T00:00:00Z' });
  await aPrice({ inputPrice: '9', gatewayId: gateway, effectiveFrom: '2026-11-10T00:00:00Z' });
  const call = { inputTokens: 10_000, outputTokens: 0 };
  const { results } = await recordEvents(
    anEvent({ ...call, idempotencyKey: 'a', occurredAt: '2026-10-31T23:59:59.999Z' }),
    anEvent({ ...call, idempotencyKey: 'b', occurredAt: '2026-11-01T00:00:00.000Z' }),
    anEvent({ ...call, idempotencyKey: 'c', occurredAt: '2026-11-09T23:59:59.999Z', gatewayId: gateway }),
    anEvent({ ...call, idempotencyKey: 'd', occurredAt: '2026-11-10T00:00:00.000Z', gatewayId: gateway }),
  );
  expect(results.map(({ costCents }: { costCents: string }) => costCents)).toEqual(['3', '1', '1', '9']);
});

test('the same batch five times, and eight times at once, is stored once and answers the same', async () => {
  await aPrice();
  const batch = [anEvent({ idempotencyKey: 'a' }), anEvent({ idempotencyKey: 'b' })];
  const answers = [...await Promise.all(Array.from({ length: 8 }, () => recordEvents(...batch))), await recordEvents(...batch)];
  expect(answers.reduce((sum, { createdCount }) => sum + createdCount, 0)).toBe(2);
  expect(new Set(answers.map(({ results }) => JSON.stringify(results.map((each: object) => ({ ...each, created: null }))))).size).toBe(1);
  expect(await graph.data('{ tokenEvents { totalCount } }')).toEqual({ tokenEvents: { totalCount: 2 } });
});

test('batches of the same 1,000 calls, in one order and the other, at once, do not wait for each other in a circle', async () => {
  await aPrice();
  const batch = Array.from({ length: 1000 }, (_, i) => anEvent({ idempotencyKey: `k${i}` }));
  const answers = await Promise.all([batch, batch.toReversed(), batch, batch.toReversed()].map((events) => recordEvents(...events)));
  expect(answers.map(({ createdCount }) => createdCount).toSorted((a, b) => b - a)).toEqual([1000, 0, 0, 0]);
});

test('a key that comes back with other tokens is a conflict, and nothing of its batch is written', async () => {
  await aPrice();
  await recordEvents(anEvent());
  const { createdCount, userErrors } = await recordEvents(anEvent({ inputTokens: 7 }), anEvent({ idempotencyKey: 'new' }));
  expect({ createdCount, userErrors }).toMatchObject({ createdCount: 0, userErrors: [{ code: 'CONFLICT', path: ['input', 'events', '0', 'idempotencyKey'] }] });
  expect(await graph.data('{ tokenEvents { totalCount } }')).toEqual({ tokenEvents: { totalCount: 1 } });
});

test.each([
  ['a model without a price', [anEvent({ modelId: 'mdl_01h455vb4pex5vsknk084sn02r' })], 'NOT_FOUND', ['0', 'modelId'], /has no price at 2026-11-20T11:00:00.000Z; record one first/],
  ['a moment before the first price', [anEvent({ occurredAt: '2026-09-30T23:59:59.999Z' })], 'NOT_FOUND', ['0', 'modelId'], /has no price at/],
  ['a negative count', [anEvent({ inputTokens: -1 })], 'INVALID', ['0', 'inputTokens'], /must not be negative/],
  ['more cached tokens than tokens', [anEvent({ cachedInputTokens: 1001 })], 'INVALID', ['0', 'cachedInputTokens'], /more than inputTokens/],
  ['an id of another type', [anEvent({ agentId: 'run_01h455vb4pex5vsknk084sn02q' })], 'INVALID', ['0', 'agentId'], /expected the id of an Agent/],
  ['a time too long ago', [anEvent({ occurredAt: '2026-08-01T00:00:00.000Z' })], 'INVALID', ['0', 'occurredAt'], /more than 90 days back/],
  ['a time ahead', [anEvent({ occurredAt: '2026-11-20T12:05:00.001Z' })], 'INVALID', ['0', 'occurredAt'], /more than 5 minutes ahead/],
  ['a key twice', [anEvent(), anEvent()], 'INVALID', ['1', 'idempotencyKey'], /in the batch twice/],
  ['an empty batch', [], 'INVALID', [], /at least one event/],
  ['1,001 events', Array.from({ length: 1001 }, (_, i) => anEvent({ idempotencyKey: `k${i}` })), 'INVALID', [], /more than 1000 events/],
])('%s is refused with its path, and nothing is written', async (_, events, code, path, message) => {
  await aPrice();
  const { createdCount, results, userErrors } = await recordEvents(anEvent({ idempotencyKey: 'good' }), ...events).then((payload) => (events.length === 0 || events.length > 1000 ? recordEvents(...events) : payload));
  expect({ createdCount, results }).toEqual({ createdCount: expect.any(Number), results: null });
  expect(userErrors).toHaveLength(1);
  const shifted = path.map((part, i) => (i === 0 ? String(Number(part) + 1) : part));
  expect(userErrors[0]).toMatchObject({ code, path: ['input', 'events', ...(path.length ? shifted : [])], message: expect.stringMatching(message) });
});

test('a batch of 1,000 is seven statements on the database: begin, lock prices, insert, lock aggregates, add to them, tell others, commit', async () => {
  await aPrice();
  const runs = Array.from({ length: 100 }, () => newId('WorkflowRun'));
  const batch = (n: number) => Array.from({ length: 1000 }, (_, i) => anEvent({ idempotencyKey: `${n}-${i}`, runId: runs[i % 100], agentId: newId('Agent'), occurredAt: `2026-11-${10 + (i % 10)}T0${i % 7}:00:00.000Z` }));
  await recordEvents(...batch(1));
  graph.statements.clear();
  expect((await recordEvents(...batch(2))).createdCount).toBe(1000);
  expect(graph.statements.texts.map((text) => text.split(' ')[0])).toEqual(['BEGIN', 'SELECT', 'WITH', 'SELECT', 'WITH', 'WITH', 'COMMIT']);
});

test('an event is found by its id in one partition', async () => {
  await aPrice();
  const { results } = await recordEvents(anEvent());
  graph.statements.clear();
  expect(await graph.data('query ($id: ID!) { tokenEvent(id: $id) { inputTokens } }', { id: results[0].tokenEventId })).toEqual({ tokenEvent: { inputTokens: 1000 } });
  expect(graph.statements.texts).toEqual(['SELECT "id","inputTokens" FROM "tokenEvents" WHERE "orgId" = $1 AND "id" = ANY($2) AND "occurredAt" = ANY($3)']);
});

test.each(['tok_7zzzzzzzzzzzzzzzzzzzzzzzzz', 'tok_00000000000000000000000000', 'tok_01jd0000000000000000000001'])('%s, an id that somebody made up, is null', async (id) => {
  expect(await graph.data('query ($id: ID!) { tokenEvent(id: $id) { id } }', { id })).toEqual({ tokenEvent: null });
});

test('another organisation has neither the prices nor the events', async () => {
  await aPrice();
  await recordEvents(anEvent());
  const { recordTokenEvents } = await graph.data(record, { input: { events: [anEvent()] } }, anotherOrganisation);
  expect(recordTokenEvents.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect(await graph.data('{ tokenEvents { totalCount } modelPrices { totalCount } }', {}, anotherOrganisation)).toEqual({ tokenEvents: { totalCount: 0 }, modelPrices: { totalCount: 0 } });
});

test('a new price ends the one before it; priceAt finds the one in force', async () => {
  const first = (await aPrice()).modelPrice;
  const second = (await aPrice({ effectiveFrom: '2026-11-01T00:00:00.000Z' })).modelPrice;
  const at = async (moment: string) => (await graph.data('query ($m: ID!, $at: DateTime) { priceAt(modelId: $m, at: $at) { id effectiveTo } }', { m: model, at: moment })).priceAt;
  expect(await at('2026-10-31T23:59:59.999Z')).toEqual({ id: first.id, effectiveTo: '2026-11-01T00:00:00.000Z' });
  expect(await at('2026-11-01T00:00:00.000Z')).toEqual({ id: second.id, effectiveTo: null });
  expect(await at('2026-09-01T00:00:00.000Z')).toBeNull();
});

test('of ten prices from one moment on, recorded at once, one is written and the others are told', async () => {
  await aPrice();
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => aPrice({ inputPrice: String(i), effectiveFrom: '2026-11-19T00:00:00Z' })));
  expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'written').toSorted()).toEqual([...Array(9).fill('CONFLICT'), 'written']);
});

test('a price never begins before a call that is priced already', async () => {
  await aPrice();
  await recordEvents(anEvent());
  expect((await aPrice({ effectiveFrom: '2026-11-20T10:00:00Z' })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'effectiveFrom'], message: expect.stringContaining('calls up to 2026-11-20T11:00:00.000Z are priced already') }]);
  expect((await aPrice({ effectiveFrom: '2026-11-20T11:00:00.001Z' })).userErrors).toEqual([]);
});

test('a price has at most six decimal places and is not negative', async () => {
  expect((await aPrice({ inputPrice: '0.0000001', outputPrice: '-1' })).userErrors).toMatchObject([
    { path: ['input', 'inputPrice'], message: 'inputPrice: has more than 6 decimal places' },
    { path: ['input', 'outputPrice'], message: 'outputPrice: must not be negative' },
  ]);
});

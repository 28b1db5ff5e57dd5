import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, underWay, type TestSubgraph } from '@forge/testing';
import { createWorkflowSubgraph } from '../index.ts';
import { aRun, demoOrgId } from '../workflow/fixture.ts';

const now = new Date('2026-11-23T12:00:00.000Z');
let graph: TestSubgraph;
let runId: string;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('workflow'), (settings) => createWorkflowSubgraph({ ...settings, now: () => now }))));
beforeEach(async () => (runId = await aRun(graph.databaseUrl)));
afterAll(() => graph.close());

const anEvent = (sequence: number | string, input: object = {}) =>
  ({ stepId: 'read', sequence: String(sequence), type: 'progress', payload: { percent: 50 }, occurredAt: '2026-11-23T11:59:59.999Z', ...input });

async function record(events: object[], input: object = {}, principal?: typeof anotherOrganisation) {
  const mutation = 'mutation ($input: RecordExecutionEventsInput!) { recordExecutionEvents(input: $input) { createdCount userErrors { code message path } } }';
  return (await graph.data(mutation, { input: { runId, events, ...input } }, principal)).recordExecutionEvents;
}

const stored = async (id = runId) => {
  const query = 'query ($id: ID!) { workflowRun(id: $id) { executionEvents(first: 100, orderBy: [{ field: SEQUENCE }]) { nodes { stepId sequence type payload occurredAt } } } }';
  return (await graph.data(query, { id })).workflowRun.executionEvents.nodes;
};
const count = async () => (await runSql<{ count: number }>(graph.databaseUrl, 'SELECT count(*)::int FROM "executionEvents" WHERE "runId" = $1', [runId]))[0]?.count;

test('events are stored as they happened, whatever their order', async () => {
  const events = [anEvent(2, { stepId: null, payload: 'text' }), anEvent('9223372036854775807', { type: 'tool_call', payload: [1.5, null] }), anEvent(0)];
  expect(await record(events)).toEqual({ createdCount: 3, userErrors: [] });
  expect(await stored()).toEqual([events[2], events[0], events[1]]);
});

test('an event without a step is of no step', async () => {
  const { stepId: _, ...event } = anEvent(1);
  await record([event]);
  expect(await stored()).toEqual([{ ...event, stepId: null }]);
});

test('a batch that comes five times, and ten times at once, is stored once', async () => {
  const batch = Array.from({ length: 20 }, (_, i) => anEvent(i, { payload: { b: [i, 1.5], a: 'x' } }));
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => record(i % 2 ? batch : batch.toReversed())));
  for (let i = 0; i < 5; i++) answers.push(await record(batch));
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  expect(answers.reduce((sum, { createdCount }) => sum + createdCount, 0)).toBe(20);
  expect(await count()).toBe(20);
});

test('two batches at once with the same events in different orders do not wait for each other in a circle', async () => {
  const insert = (sequence: number) => `INSERT INTO "executionEvents" ("id", "orgId", "runId", "stepId", "sequence", "type", "payload", "occurredAt")
    VALUES ('${newId('ExecutionEvent')}', '${demoOrgId}', '${runId}', 'read', ${sequence}, 'progress', '{"percent": 50}', '2026-11-23T11:59:59.999Z')`;
  const { committed } = await underWay(graph.databaseUrl, `${insert(1)}; SELECT pg_sleep(0.2); ${insert(2)}`);
  expect(await record([anEvent(2), anEvent(1)])).toEqual({ createdCount: 0, userErrors: [] });
  await committed;
});

test('of a batch that overlaps another one the rest is stored', async () => {
  await record([anEvent(1), anEvent(2)]);
  expect(await record([anEvent(2), anEvent(3)])).toEqual({ createdCount: 1, userErrors: [] });
  expect(await count()).toBe(3);
});

test('two runs count on their own', async () => {
  await record([anEvent(1)]);
  const other = await aRun(graph.databaseUrl);
  expect(await record([anEvent(1, { payload: 'else' })], { runId: other })).toEqual({ createdCount: 1, userErrors: [] });
});

test.each([['stepId', 'other'], ['stepId', null], ['type', 'tool_call'], ['payload', { percent: 51 }], ['occurredAt', '2026-11-23T11:59:59.998Z']])(
  'a sequence that comes back with another %s, %j, is a conflict that names it, and nothing of its batch is written', async (field, value) => {
    await record([anEvent(6), anEvent(7)]);
    expect(await record([anEvent(6), anEvent(7, { [field]: value }), anEvent(8)])).toEqual({
      createdCount: 0, userErrors: [{ code: 'CONFLICT', path: ['input', 'events', '1', 'sequence'], message: 'sequence: 7 was recorded before for another event of this run; count on from the last one' }],
    });
    expect(await count()).toBe(2);
  });

test('of two batches at once that say different things under one sequence one is stored and the other is told', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => record([anEvent(1, { payload: i }), anEvent(i + 2)])));
  expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'stored').toSorted()).toEqual([...Array(9).fill('CONFLICT'), 'stored']);
  expect(await count()).toBe(2);
});

test('a run that has ended still takes events', async () => {
  runId = await aRun(graph.databaseUrl, { status: 'COMPLETED', completedAt: '2026-11-23T11:30:00Z' });
  expect(await record([anEvent(1)])).toEqual({ createdCount: 1, userErrors: [] });
});

test('a batch of 1,000 is one insert', async () => {
  graph.statements.clear();
  expect((await record(Array.from({ length: 1_000 }, (_, i) => anEvent(i)))).createdCount).toBe(1_000);
  expect(graph.statements.texts.map((text) => text.split(' ')[0])).toEqual(['BEGIN', 'INSERT', 'COMMIT']);
});

test.each([
  ['an empty batch', [], [], /at least one event/],
  ['1,001 events', Array.from({ length: 1_001 }, (_, i) => anEvent(i)), [], /more than 1000 events/],
  ['a sequence twice', [anEvent(1), anEvent('01')], ['1', 'sequence'], /in the batch twice/],
  ['a negative sequence', [anEvent(-1)], ['0', 'sequence'], /must be from 0/],
  ['a sequence past 64 bits', [anEvent('9223372036854775808')], ['0', 'sequence'], /must be from 0/],
  ['no type', [anEvent(1, { type: ' ' })], ['0', 'type'], /at least 1 character/],
  ['an empty step', [anEvent(1, { stepId: '' })], ['0', 'stepId'], /at least 1 character/],
  ['a payload of 100,001 bytes', [anEvent(1, { payload: 'x'.repeat(99_999) })], ['0', 'payload'], /larger than 100000 bytes/],
  ['a payload that the database cannot hold', [anEvent(1, { payload: { a: '\0' } })], ['0', 'payload'], /U\+0000/],
  ['a time ahead', [anEvent(1, { occurredAt: '2026-11-23T12:05:00.001Z' })], ['0', 'occurredAt'], /more than 5 minutes ahead/],
  ['a time too long ago', [anEvent(1, { occurredAt: '0000-01-01T00:00:00.000Z' })], ['0', 'occurredAt'], /more than 90 days back/],
])('%s is refused with its path, and nothing is written', async (_, events, path, message) => {
  const { createdCount, userErrors } = await record(events);
  expect({ createdCount, userErrors }).toEqual({ createdCount: 0, userErrors: [{ code: 'INVALID', path: ['input', 'events', ...path], message: expect.stringMatching(message) }] });
  expect(await count()).toBe(0);
});

test('a run that is not there, and one of another organisation, are not found', async () => {
  const none = { createdCount: 0, userErrors: [{ code: 'NOT_FOUND', path: ['input', 'runId'], message: 'runId: leads to nothing' }] };
  expect(await record([anEvent(1)], { runId: newId('WorkflowRun') })).toEqual(none);
  expect(await record([anEvent(1)], {}, anotherOrganisation)).toEqual(none);
  await record([anEvent(1)]);
  expect(await record([anEvent(1)], {}, anotherOrganisation)).toEqual(none);
  expect(await record([anEvent(2)], { runId: newId('Workflow') })).toMatchObject({ createdCount: 0, userErrors: [{ code: 'INVALID', path: ['input', 'runId'] }] });
  expect(await count()).toBe(1);
});

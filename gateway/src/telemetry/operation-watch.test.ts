import { createRegistry, startTracing, traced } from '@forge/telemetry';
import { startTraceCollector } from '@forge/testing';
import { pino } from 'pino';
import { refuse } from '../errors/refusal.ts';
import type { OperationNotes } from './operation-record.ts';
import { watchOperations } from './operation-watch.ts';
import { createGatewayMetrics } from './prometheus-metrics.ts';
import { describeOperation, fetchSpan, planSpan } from './spans.ts';

type Answer = (notes: OperationNotes) => Promise<unknown>;

/** What is logged and counted of an operation that is answered so. */
async function watched(answer: Answer, { left = new AbortController().signal, level = 'info' } = {}) {
  const lines: Record<string, unknown>[] = [];
  const registry = createRegistry();
  const watch = watchOperations(createGatewayMetrics(registry), pino({ level }, { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) }));
  const result = await watch({ requestId: 'r1', headers: { authorization: 'Bearer hunter2' }, left }, answer).catch((error: unknown) => error);
  return { result, lines, text: await registry.metrics() };
}

const read: Answer = async (notes) => {
  Object.assign(notes, { type: 'query', name: 'Runs', caller: { orgId: 'org_1', kind: 'user' }, cost: 12, hasData: true });
  return 'the answer';
};

test('an operation is one line and one count, with its name in the line only', async () => {
  const { result, lines, text } = await watched(read);
  expect(result).toBe('the answer');
  expect(lines).toEqual([{
    level: 30, time: expect.any(Number), pid: expect.any(Number), hostname: expect.any(String), msg: 'operation',
    requestId: 'r1', type: 'query', operation: 'Runs', orgId: 'org_1', kind: 'user', outcome: 'ok', status: 200, ms: expect.any(Number), cost: 12,
  }]);
  expect(text).toContain('forge_gateway_operations_total{type="query",outcome="ok"} 1');
  expect(text).toContain('forge_gateway_operation_seconds_count{type="query",outcome="ok",document=""} 1');
  expect(text).toContain('forge_gateway_operations_in_flight 0');
  expect(text).not.toContain('Runs');
});

test('the name of a trusted document is a label', async () => {
  const { text } = await watched(async (notes) => { await read(notes); notes.trusted = true; });
  expect(text).toContain('forge_gateway_operation_seconds_count{type="query",outcome="ok",document="Runs"} 1');
});

const withCodes = (hasData: boolean, ...codes: string[]): Answer => async (notes) => {
  await read(notes);
  notes.hasData = hasData;
  for (const code of codes) notes.codes.add(code);
};
const refused = (code: string, status?: number): Answer => async () => { throw refuse(code, 'no', status === undefined ? {} : { status }); };

test.each<[string, Answer, object, string | undefined]>([
  ['some of it missing', withCodes(true, 'SUBGRAPH_UNAVAILABLE'), { outcome: 'partial', status: 200, codes: ['SUBGRAPH_UNAVAILABLE'] }, undefined],
  ['some of it forbidden', withCodes(true, 'FORBIDDEN'), { outcome: 'partial', status: 200 }, 'access'],
  ['all of it missing', withCodes(false, 'TIMEOUT'), { outcome: 'failed', status: 200 }, undefined],
  ['too dear', refused('COST_LIMIT_EXCEEDED'), { outcome: 'refused', status: 400, type: 'unknown' }, 'cost'],
  ['too often', refused('RATE_LIMITED', 429), { outcome: 'refused', status: 429 }, 'rate'],
  ['from nobody known', refused('UNAUTHENTICATED', 401), { outcome: 'refused', status: 401 }, 'auth'],
  ['too deep', refused('OPERATION_TOO_LARGE'), { outcome: 'refused', status: 400 }, 'limit'],
  ['at a bad time', refused('OVERLOADED', 503), { outcome: 'refused', status: 503 }, 'overload'],
  ['not registered yet', refused('PERSISTED_QUERY_NOT_FOUND'), { outcome: 'refused', status: 400 }, undefined],
  ['out of time', async () => { throw new DOMException('too long', 'TimeoutError'); }, { outcome: 'timeout', status: 504 }, undefined],
  ['a surprise', async () => { throw new Error('inside'); }, { outcome: 'failed', status: 500 }, undefined],
])('%s: how it ended, and why it was refused', async (_, answer, line, reason) => {
  const { lines, text } = await watched(answer);
  expect(lines).toMatchObject([line]);
  expect(/forge_gateway_refused_total{reason="(.*)"} 1/.exec(text)?.[1]).toBe(reason);
});

test('whose client has left ends as left, whatever became of it', async () => {
  const left = AbortSignal.abort();
  expect((await watched(read, { left })).lines).toMatchObject([{ outcome: 'left', status: 499 }]);
  expect((await watched(refused('TIMEOUT', 504), { left })).lines).toMatchObject([{ outcome: 'left', status: 499 }]);
});

test('a name that is a novel is cut, and a quieter log has no line', async () => {
  const novel: Answer = async (notes) => { await read(notes); notes.name = 'N'.repeat(10_000); };
  expect((await watched(novel)).lines[0]?.['operation']).toBe('N'.repeat(100));
  expect((await watched(novel, { level: 'warn' })).lines).toEqual([]);
});

test('its trace is its own, linked to the caller\'s, with the plan and the fetches beneath it', async () => {
  const collector = await startTraceCollector();
  const tracing = await startTracing({ serviceName: 'forge-gateway', endpoint: collector.endpoint, logger: pino({ level: 'silent' }) });
  const watch = watchOperations(createGatewayMetrics(createRegistry()), pino({ level: 'silent' }));
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await watch({ requestId: 'r1', headers: { traceparent }, left: new AbortController().signal }, async (notes) => {
    await read(notes);
    describeOperation('query', 'Runs');
    await planSpan(async () => undefined);
    await Promise.all(['workflow', 'agents'].map((subgraph) => fetchSpan(subgraph, 'query', () => traced('execute', {}, async () => ({ data: {}, ...(subgraph === 'agents' && { errors: [] }) })))));
  });
  await tracing.stop();
  await collector.close();
  const root = collector.spans.find(({ parentSpanId }) => parentSpanId === undefined);
  expect(root && collector.tree(root)).toEqual(['graphql query', ['plan'], ['fetch workflow', ['execute']], ['fetch agents', ['execute']]]);
  expect(root).toMatchObject({ links: [{ traceId: '0af7651916cd43dd8448eb211c80319c' }], attributes: { 'graphql.operation.name': 'Runs', 'forge.outcome': 'ok' } });
  expect(collector.spans.filter(({ failed }) => failed).map(({ name }) => name)).toEqual(['fetch agents']);
});

import { startTraceCollector, type TraceCollector } from '@forge/testing';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { startTracing, type Tracing } from './start-tracing.ts';
import { activeTrace, annotate, continueTrace, isTraced, isTracing, markFailed, renameSpan, traced, traceHeaders } from './traced.ts';

const logged: string[] = [];
const logger = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
beforeEach(() => { logged.length = 0; });

let tracing: Tracing | undefined;
afterEach(() => tracing?.stop());

/** Runs `work` traced, and answers what the collector got. */
async function collected(work: () => unknown, sampleRatio = 1): Promise<TraceCollector> {
  const collector = await startTraceCollector();
  tracing = await startTracing({ serviceName: 'forge-test', environment: 'test', endpoint: collector.endpoint, sampleRatio, logger });
  await work();
  await tracing.stop();
  await collector.close();
  return collector;
}

const aCaller = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };

test('without an endpoint nothing is traced, and work runs as it is', async () => {
  tracing = await startTracing({ serviceName: 'forge-test', logger });
  const work = () => [isTraced(), traceHeaders(), activeTrace()];
  expect(continueTrace(aCaller, () => traced('work', {}, work))).toEqual([false, {}, undefined]);
  expect(isTracing()).toBe(false);
});

test('spans of work within work are a tree, whatever is awaited or fails in between', async () => {
  const { spans, tree } = await collected(async () => traced('outer', { 'forge.subgraph': 'chat' }, async () => {
    await Promise.all([traced('quick', {}, () => setTimeout(1)), traced('slow', {}, async () => {
      await setTimeout(20);
      await traced('inner', {}, () => Promise.reject(Object.assign(new Error('the password is hunter2'), { code: '57014' }))).catch(() => undefined);
      markFailed('graphql');
    })]);
    renameSpan('outer query');
    annotate({ 'forge.cost': 3 });
  }));
  const outer = spans.find(({ parentSpanId }) => parentSpanId === undefined);
  expect(outer && tree(outer)).toEqual(['outer query', ['quick'], ['slow', ['inner']]]);
  expect(outer).toMatchObject({ service: 'forge-test', attributes: { 'forge.subgraph': 'chat', 'forge.cost': 3 }, failed: false });
  expect(spans.filter(({ failed }) => failed).map(({ name, attributes }) => [name, attributes['error.type']])).toEqual([['inner', '57014'], ['slow', 'graphql']]);
  expect(JSON.stringify(spans)).not.toContain('hunter2');
});

test('what a caller began is continued, and told to the next', async () => {
  let headers = {};
  const { spans } = await collected(() => continueTrace(aCaller, () => traced('answer', {}, () => { headers = traceHeaders(); })));
  expect(spans).toMatchObject([{ name: 'answer', traceId: '0af7651916cd43dd8448eb211c80319c', parentSpanId: 'b7ad6b7169203331' }]);
  expect(headers).toEqual({ traceparent: `00-0af7651916cd43dd8448eb211c80319c-${spans[0]?.spanId ?? ''}-01` });
});

test('a trace of one\'s own is linked to the caller\'s, and kept or not as the sampler says', async () => {
  const root = { root: { follows: aCaller } };
  const { spans } = await collected(() => traced('answer', {}, () => undefined, root));
  expect(spans).toMatchObject([{ parentSpanId: undefined, links: [{ traceId: '0af7651916cd43dd8448eb211c80319c' }] }]);
  expect(spans[0]?.traceId).not.toBe('0af7651916cd43dd8448eb211c80319c');
  expect((await collected(() => traced('answer', {}, () => undefined, root), 0)).spans).toEqual([]);
});

test('a collector that is away costs one line, keeps nobody waiting, and is noticed when it is back', async () => {
  const port = await freePort();
  tracing = await startTracing({ serviceName: 'forge-test', endpoint: `http://127.0.0.1:${port}`, logger });
  const began = performance.now();
  for (let i = 0; i < 10_000; i++) traced('work', { i }, () => undefined);
  expect(performance.now() - began).toBeLessThan(2_000);
  await setTimeout(500);
  for (let i = 0; i < 10_000; i++) traced('work', { i }, () => undefined);
  const stopping = performance.now();
  await tracing.stop();
  expect(performance.now() - stopping).toBeLessThan(5_000);
  expect(isTracing()).toBe(false);
  expect(logged.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['the trace collector takes no spans; they are dropped until it does']);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

import { pino } from 'pino';
import { startMetricsServer, type MetricsServer } from './metrics-server.ts';
import { createRegistry } from './registry.ts';

const logger = pino({ level: 'silent' });
let server: MetricsServer;
beforeAll(async () => (server = await startMetricsServer({ registry: createRegistry(), port: 0, logger })));
afterAll(() => server.close());

test('GET /metrics tells of the process: event loop, heap, garbage collection', async () => {
  const response = await fetch(server.url);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
  const text = await response.text();
  for (const name of ['nodejs_eventloop_lag_seconds', 'nodejs_heap_size_used_bytes', 'nodejs_gc_duration_seconds']) expect(text).toContain(`# HELP ${name}`);
});

test.each([['POST', '/metrics', 405], ['HEAD', '/metrics', 405], ['GET', '/', 404], ['GET', '/metrics/..%2f', 404], ['GET', '/metrics?now', 200]])('%s %s: %i', async (method, path, status) => {
  expect((await fetch(new URL(path, server.url), { method })).status).toBe(status);
});

test('it is on loopback unless told otherwise, and a port that is taken is named with what to set', async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  const { port } = new URL(server.url);
  await expect(startMetricsServer({ registry: createRegistry(), port: Number(port), logger })).rejects.toThrow(`Metrics cannot be served on port ${port} of 127.0.0.1`);
});

import type { Principal } from '@forge/auth';
import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation, runSql } from '@forge/testing';
import { runtimeOf, startTestGateways, type TestGateways } from '../fixture/graph.ts';
import { aGateway } from '../fixture/rows.ts';

let graph: TestGateways;
beforeAll(async () => (graph = await startTestGateways()));
afterAll(() => graph.close());

const tokenHash = (id: string) => Buffer.from(id.slice(-26)).toString('hex').padEnd(64, '0');
async function aRegistered() {
  const id = await aGateway(graph.databaseUrl);
  await runSql(graph.databaseUrl, 'UPDATE "gatewayRegistry" SET "tokenHash" = $1 WHERE "id" = $2', [tokenHash(id), id]);
  return id;
}
const record = (input: object, as?: Principal) => graph.mutate('recordGatewayHealth', input, 'gatewayHealthCheck { id status latencyMs message checkedAt gateway { status lastSeenAt } }', as);
const historyOf = async (id: string) => (await graph.data('query ($id: ID!) { gateway(id: $id) { status lastSeenAt healthHistory { nodes { status } } } }', { id })).gateway;

test('a report is written into the history, and gives the gateway its status', async () => {
  const gatewayId = await aRegistered();
  const checkedAt = graph.clock.now.toISOString();
  const { gatewayHealthCheck, userErrors } = await record({ gatewayId, status: 'DEGRADED', latencyMs: 2_100, message: 'slow' }, runtimeOf(gatewayId));
  expect(userErrors).toEqual([]);
  expect(gatewayHealthCheck).toEqual({ id: expect.stringMatching(/^ghc_/), status: 'DEGRADED', latencyMs: 2_100, message: 'slow', checkedAt, gateway: { status: 'DEGRADED', lastSeenAt: checkedAt } });
  graph.later(60_000);
  expect((await record({ gatewayId, status: 'HEALTHY' })).gatewayHealthCheck).toMatchObject({ latencyMs: null, message: null, gateway: { status: 'HEALTHY', lastSeenAt: graph.clock.now.toISOString() } });
  expect((await historyOf(gatewayId)).healthHistory.nodes).toEqual([{ status: 'HEALTHY' }, { status: 'DEGRADED' }]);
});

test('a report that is repeated counts once, also when it comes late', async () => {
  const gatewayId = await aRegistered();
  const input = { gatewayId, status: 'HEALTHY', idempotencyKey: `of ${gatewayId}` };
  const [first, ...others] = await Promise.all(Array.from({ length: 3 }, () => record(input)));
  expect(others.map(({ gatewayHealthCheck }) => gatewayHealthCheck.id)).toEqual(Array(2).fill(first.gatewayHealthCheck.id));
  await record({ gatewayId, status: 'OFFLINE' });
  graph.later(60_000);
  await record(input);
  expect(await historyOf(gatewayId)).toMatchObject({ status: 'OFFLINE', healthHistory: { nodes: [{ status: 'OFFLINE' }, { status: 'HEALTHY' }] } });
});

test('a runtime reports of no other gateway, there or not, and nothing is written', async () => {
  const [own, other] = [await aRegistered(), await aRegistered()];
  for (const gatewayId of [other, newId('Gateway')]) {
    const message = 'gatewayId: a runtime reports the health of its own gateway alone';
    expect(await record({ gatewayId, status: 'OFFLINE' }, runtimeOf(own))).toEqual({ gatewayHealthCheck: null, userErrors: [{ code: 'FORBIDDEN', path: ['input', 'gatewayId'], message }] });
  }
  expect(await historyOf(other)).toEqual({ status: 'OFFLINE', lastSeenAt: null, healthHistory: { nodes: [] } });
});

test('another organisation, an id that leads nowhere and an input that breaks rules write nothing', async () => {
  const gatewayId = await aRegistered();
  const missing = { gatewayHealthCheck: null, userErrors: [{ code: 'NOT_FOUND', path: ['input', 'gatewayId'], message: 'gatewayId: leads to no Gateway' }] };
  expect(await record({ gatewayId, status: 'HEALTHY' }, anotherOrganisation)).toEqual(missing);
  expect(await record({ gatewayId: newId('Gateway'), status: 'HEALTHY' })).toEqual(missing);
  expect((await record({ gatewayId: newId('Agent'), status: 'HEALTHY', latencyMs: -1, message: 'x'.repeat(2_001) })).userErrors).toMatchObject([
    { path: ['input', 'gatewayId'] }, { path: ['input', 'latencyMs'], message: 'latencyMs: must not be negative' }, { path: ['input', 'message'] },
  ]);
  expect(await historyOf(gatewayId)).toMatchObject({ lastSeenAt: null });
});

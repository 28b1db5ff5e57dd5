import { anotherOrganisation, createTestDatabase, runSql, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { aGateway, aHealthCheck } from '../fixture/rows.ts';
import { createGatewaysSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('gateways'), createGatewaysSubgraph)));
afterAll(() => graph.close());

const gateway = (values = {}) => aGateway(graph.databaseUrl, values);
const hash = (digit: string) => digit.repeat(64);

test('a gateway is found by its id, in the order for people, and by nobody else', async () => {
  const [second, first] = [await gateway({ name: 'Oslo', displayOrder: 2 }), await gateway({ capabilities: ['tools'], displayOrder: 1 })];
  const one = 'query ($id: ID!) { gateway(id: $id) { name url status capabilities minTrustLevel lastSeenAt instanceId } }';
  expect(await graph.data(one, { id: first })).toEqual({
    gateway: { name: 'Berlin', url: 'https://berlin.example.com/', status: 'OFFLINE', capabilities: ['tools'], minTrustLevel: 1, lastSeenAt: null, instanceId: null },
  });
  expect((await graph.data('{ gateways(where: { displayOrder: { gt: 0 } }, orderBy: [{ field: DISPLAY_ORDER }]) { nodes { id } } }')).gateways.nodes).toEqual([{ id: first }, { id: second }]);
  expect(await graph.data(one, { id: first }, anotherOrganisation)).toEqual({ gateway: null });
});

test('no query reaches a token, or the hash of one', async () => {
  for (const field of ['tokenHash', 'previousTokenHash', 'orgId']) {
    expect((await graph.ask(`{ gateways { nodes { ${field} } } }`)).errors?.[0]?.message).toContain(`Cannot query field "${field}"`);
    expect((await graph.ask(`{ gateways(where: { ${field}: { eq: "a" } }) { totalCount } }`)).errors?.[0]?.message).toContain(`Field "${field}" is not defined`);
  }
});

test('its own id is unique in the organisation, its token among all organisations', async () => {
  await gateway({ gatewayId: 'berlin-1', tokenHash: hash('a') });
  await expect(gateway({ gatewayId: 'berlin-1' })).rejects.toThrow('gatewayRegistry_orgId_gatewayId_key');
  await expect(gateway({ gatewayId: 'berlin-1', orgId: anotherOrganisation.orgId })).resolves.toMatch(/^gw_/);
  await expect(gateway({ tokenHash: hash('a'), orgId: anotherOrganisation.orgId })).rejects.toThrow('gatewayRegistry_tokenHash_key');
});

test.each([
  ['gatewayRegistry_trust_from_1_to_10', { minTrustLevel: 0 }],
  ['gatewayRegistry_trust_from_1_to_10', { minTrustLevel: 11 }],
  ['gatewayRegistry_hashes_are_sha256', { tokenHash: 'forge_gw_in_the_clear' }],
  ['gatewayRegistry_overlap_ends', { tokenHash: hash('b'), previousTokenHash: hash('c') }],
  ['gatewayRegistry_previous_token_is_another', { tokenHash: hash('b'), previousTokenHash: hash('b'), previousTokenExpiresAt: new Date() }],
  ['gatewayRegistry_up_was_seen', { status: 'HEALTHY' }],
  ['gatewayRegistry_self_has_instance', { registrationSource: 'SELF' }],
])('the database holds %s: %p', async (constraint, values) => {
  await expect(gateway(values)).rejects.toThrow(constraint);
});

test('the health of several gateways is read newest first, in one statement', async () => {
  const times = ['2026-11-20T10:00:00.000Z', '2026-11-20T10:01:00.000Z', '2026-11-20T10:02:00.000Z'];
  const ids = await Promise.all(['Austin', 'Lyon', 'Osaka'].map((name) => gateway({ name })));
  for (const id of ids) for (const checkedAt of times) await aHealthCheck(graph.databaseUrl, id, { checkedAt, latencyMs: 40, status: 'DEGRADED', message: 'slow' });
  graph.statements.clear();
  const { gateways } = await graph.data('query ($ids: [ID!]) { gateways(where: { id: { in: $ids } }, orderBy: [{ field: NAME }]) { nodes { healthHistory(first: 2) { nodes { status latencyMs message checkedAt gateway { name } } } } } }', { ids });
  expect(gateways.nodes).toHaveLength(3);
  const check = { status: 'DEGRADED', latencyMs: 40, message: 'slow' };
  expect(gateways.nodes[0].healthHistory.nodes).toEqual([{ ...check, checkedAt: times[2], gateway: { name: 'Austin' } }, { ...check, checkedAt: times[1], gateway: { name: 'Austin' } }]);
  // The gateways, all their checks, and the gateways that the checks lead back to.
  expect(graph.statements.texts).toHaveLength(3);
});

test('a health check never changes, has no negative latency, and stays within its organisation', async () => {
  const id = await gateway();
  const checkId = await aHealthCheck(graph.databaseUrl, id);
  await expect(runSql(graph.databaseUrl, `UPDATE "gatewayHealthHistory" SET "status" = 'OFFLINE' WHERE "id" = $1`, [checkId])).rejects.toThrow('never changes');
  await expect(aHealthCheck(graph.databaseUrl, id, { latencyMs: -1 })).rejects.toThrow('gatewayHealthHistory_latency_not_negative');
  await expect(aHealthCheck(graph.databaseUrl, id, { orgId: anotherOrganisation.orgId })).rejects.toThrow('gatewayHealthHistory_orgId_gatewayId_fkey');
  const one = 'query ($id: ID!) { gatewayHealthCheck(id: $id) { id } }';
  expect(await graph.data(one, { id: checkId })).toEqual({ gatewayHealthCheck: { id: checkId } });
  expect(await graph.data(one, { id: checkId }, anotherOrganisation)).toEqual({ gatewayHealthCheck: null });
});

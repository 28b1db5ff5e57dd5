import { demoPrincipal, hashSecretKey, prefixOfSecretKey, type Principal } from '@forge/auth';
import { anotherOrganisation, runSql } from '@forge/testing';
import { runtimeOf, startTestGateways, type TestGateways } from '../fixture/graph.ts';
import { aGateway } from '../fixture/rows.ts';

let graph: TestGateways;
beforeAll(async () => (graph = await startTestGateways()));
afterAll(() => graph.close());

let number = 0;
const anId = () => `berlin-${++number}`;
const sample = { name: 'Berlin', url: 'https://berlin.example.com/', provider: 'CUSTOM', environment: 'production' };
const fields = 'token gateway { id gatewayId name url provider environment status capabilities instanceId registrationSource minTrustLevel displayOrder lastSeenAt updatedAt }';
const register = (input: { gatewayId: string } & Record<string, unknown>, as?: Principal) => graph.mutate('registerGateway', { ...sample, ...input }, fields, as);
const rowsOf = (gatewayId: string) => runSql(graph.databaseUrl, 'SELECT * FROM "gatewayRegistry" WHERE "gatewayId" = $1', [gatewayId]);

test('a process registers a gateway: it is OFFLINE until its first report, and its token is shown once and stored as a hash', async () => {
  const gatewayId = anId();
  const { token, gateway, userErrors } = await register({ gatewayId, capabilities: ['tools'], instanceId: 'pod-1' });
  expect(userErrors).toEqual([]);
  expect(prefixOfSecretKey(token)).toBe('forge_gt_');
  expect(gateway).toMatchObject({ gatewayId, ...sample, status: 'OFFLINE', capabilities: ['tools'], instanceId: 'pod-1', registrationSource: 'SELF', minTrustLevel: 1, displayOrder: 0, lastSeenAt: null });
  const [row] = await rowsOf(gatewayId);
  expect(row).toMatchObject({ tokenHash: hashSecretKey(token) });
  expect(JSON.stringify(row)).not.toContain(token.slice(9));
  expect(await graph.lookUp(hashSecretKey(token))).toMatchObject({ subject: gateway.id, kind: 'GATEWAY' });
});

test('a person enters one without a process', async () => {
  expect((await register({ gatewayId: anId(), minTrustLevel: 7, displayOrder: 3 })).gateway).toMatchObject({ instanceId: null, registrationSource: 'MANUAL', minTrustLevel: 7, displayOrder: 3 });
});

test('who registers again brings the row up to date, and learns no token; what only people say stays', async () => {
  const gatewayId = anId();
  const first = await register({ gatewayId, instanceId: 'pod-1', capabilities: ['tools'], minTrustLevel: 7 });
  const again = await register({ gatewayId, instanceId: 'pod-2', name: 'Berlin II', environment: 'staging' });
  expect(again).toMatchObject({ token: null, userErrors: [], gateway: { id: first.gateway.id, name: 'Berlin II', environment: 'staging', capabilities: [], instanceId: 'pod-2', minTrustLevel: 7 } });
  expect((await register({ gatewayId })).gateway).toMatchObject({ instanceId: 'pod-2', registrationSource: 'SELF' });
  expect(await graph.lookUp(hashSecretKey(first.token))).toMatchObject({ subject: first.gateway.id });
});

test('registering as before changes nothing', async () => {
  const gatewayId = anId();
  const { gateway } = await register({ gatewayId, instanceId: 'pod-1' });
  expect((await register({ gatewayId, instanceId: 'pod-1' })).gateway).toEqual(gateway);
});

test('of ten who register one gateway at once all find the same row, and one is shown its token', async () => {
  const gatewayId = anId();
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => register({ gatewayId, instanceId: `pod-${i}` })));
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  expect(await rowsOf(gatewayId)).toHaveLength(1);
  const tokens = answers.map(({ token }) => token as string | null).filter((token) => token !== null);
  expect(tokens).toHaveLength(1);
  expect(await graph.lookUp(hashSecretKey(tokens[0] ?? ''))).toMatchObject({ subject: answers[0].gateway.id });
});

test('a gateway that was entered without a token gets its first', async () => {
  const gatewayId = anId();
  const id = await aGateway(graph.databaseUrl, { gatewayId });
  expect(await register({ gatewayId })).toMatchObject({ token: expect.stringMatching(/^forge_gt_/), gateway: { id } });
});

test('a runtime registers itself again', async () => {
  const gatewayId = anId();
  const { gateway: { id } } = await register({ gatewayId, instanceId: 'pod-1' });
  expect(await register({ gatewayId, instanceId: 'pod-2', capabilities: ['tools'] }, runtimeOf(id))).toMatchObject({ token: null, userErrors: [], gateway: { id, instanceId: 'pod-2', capabilities: ['tools'] } });
});

test('a runtime registers no other gateway, there or not, and does not say whom to trust', async () => {
  const [own, other, none] = [anId(), anId(), anId()];
  const { gateway: { id } } = await register({ gatewayId: own, minTrustLevel: 7 });
  await register({ gatewayId: other });
  const before = await rowsOf(other);
  const refused = { token: null, gateway: null, userErrors: [{ code: 'FORBIDDEN', path: ['input', 'gatewayId'], message: 'gatewayId: a runtime registers its own gateway alone' }] };
  for (const gatewayId of [other, none]) expect(await register({ gatewayId, name: 'Taken' }, runtimeOf(id))).toEqual(refused);
  expect([await rowsOf(other), await rowsOf(none)]).toEqual([before, []]);
  expect((await register({ gatewayId: own, minTrustLevel: 1 }, runtimeOf(id))).userErrors).toMatchObject([{ code: 'FORBIDDEN', path: ['input', 'minTrustLevel'] }]);
  // A key that holds what runtimes may do is still no gateway.
  expect(await register({ gatewayId: own }, { ...runtimeOf(id), kind: 'apiKey' })).toEqual(refused);
});

test('every fault of an input comes at once', async () => {
  const input = { gatewayId: ' ', name: '', url: 'ftp://berlin.example.com', environment: 'Prod', capabilities: ['a', 'a'], instanceId: 'x'.repeat(201), minTrustLevel: 11 };
  expect((await register(input)).userErrors.map(({ path }: { path: string[] }) => path.slice(1).join('.'))).toEqual(['gatewayId', 'name', 'url', 'environment', 'capabilities.1', 'instanceId', 'minTrustLevel']);
  expect((await register({ gatewayId: anId(), url: 'https://ada:secret@berlin.example.com' })).userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'url'] }]);
});

test('another organisation has a gateway of that name to itself', async () => {
  const gatewayId = anId();
  const { gateway } = await register({ gatewayId });
  const theirs = await register({ gatewayId, name: 'Theirs' }, anotherOrganisation);
  expect(theirs).toMatchObject({ token: expect.stringMatching(/^forge_gt_/), gateway: { name: 'Theirs' } });
  expect(theirs.gateway.id).not.toBe(gateway.id);
  expect(await rowsOf(gatewayId)).toHaveLength(2);
  expect((await graph.data('query ($id: ID!) { gateway(id: $id) { name } }', { id: gateway.id })).gateway).toEqual({ name: 'Berlin' });
});

test('whoever may only read gateways registers none', async () => {
  const { errors } = await graph.ask('mutation ($input: RegisterGatewayInput!) { registerGateway(input: $input) { token } }', { input: { ...sample, gatewayId: anId() } }, { ...demoPrincipal, scopes: ['gateways:read'] });
  expect(errors).toMatchObject([{ message: 'This needs the scope gateways:write or gateways:runtime.' }]);
});

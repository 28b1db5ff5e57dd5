import { hashSecretKey, type Principal } from '@forge/auth';
import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation } from '@forge/testing';
import { runtimeOf, startTestGateways, type TestGateways } from '../fixture/graph.ts';

let graph: TestGateways;
beforeAll(async () => (graph = await startTestGateways()));
afterAll(() => graph.close());

const sample = { name: 'Berlin', url: 'https://berlin.example.com/', provider: 'CUSTOM', environment: 'production' };
async function aRegistered(input: object = { instanceId: 'pod-1' }) {
  const gatewayId = newId('Gateway');
  const { token, gateway } = await graph.mutate('registerGateway', { ...sample, gatewayId, ...input }, 'token gateway { id }');
  await graph.mutate('recordGatewayHealth', { gatewayId: gateway.id, status: 'HEALTHY' });
  return { gatewayId, token: token as string, id: gateway.id as string };
}
const fields = 'gateway { id status instanceId previousTokenExpiresAt }';
const deregister = (input: object, as?: Principal) => graph.mutate('deregisterGateway', input, fields, as);
const statusOf = async (id: string) => (await graph.data('query ($id: ID!) { gateway(id: $id) { status } }', { id })).gateway.status;

test('the process that registered it deregisters it: it is OFFLINE, its tokens work no more, its history stays', async () => {
  const { id, token } = await aRegistered();
  const { token: newest } = await graph.mutate('rotateGatewayToken', { id }, 'token');
  expect(await deregister({ id, instanceId: 'pod-1' }, runtimeOf(id))).toEqual({ gateway: { id, status: 'OFFLINE', instanceId: 'pod-1', previousTokenExpiresAt: null }, userErrors: [] });
  for (const each of [token, newest]) expect(await graph.lookUp(hashSecretKey(each))).toBeNull();
  const { gateway } = await graph.data('query ($id: ID!) { gateway(id: $id) { healthHistory { totalCount } } }', { id });
  expect(gateway).toEqual({ healthHistory: { totalCount: 1 } });
});

test('another process does not, nor one that has been replaced; nor does one that a person entered have any', async () => {
  const { id, gatewayId } = await aRegistered();
  const refused = { gateway: null, userErrors: [{ code: 'FORBIDDEN', path: ['input', 'instanceId'], message: 'instanceId: another process registered this gateway last, and it alone deregisters it' }] };
  for (const input of [{ id, instanceId: 'pod-2' }, { id }]) expect(await deregister(input)).toEqual(refused);
  await graph.mutate('registerGateway', { ...sample, gatewayId, instanceId: 'pod-2' });
  expect(await deregister({ id, instanceId: 'pod-1' })).toEqual(refused);
  expect(await statusOf(id)).toBe('HEALTHY');
  const entered = await aRegistered({});
  expect(await deregister({ id: entered.id, instanceId: 'pod-1' })).toEqual(refused);
  expect((await deregister({ id: entered.id })).gateway.status).toBe('OFFLINE');
});

test('a runtime deregisters no other gateway, there or not', async () => {
  const [own, other] = [await aRegistered(), await aRegistered()];
  for (const id of [other.id, newId('Gateway')]) {
    expect((await deregister({ id, instanceId: 'pod-1' }, runtimeOf(own.id))).userErrors).toEqual([{ code: 'FORBIDDEN', path: ['input', 'id'], message: 'id: a runtime deregisters its own gateway alone' }]);
  }
  expect(await statusOf(other.id)).toBe('HEALTHY');
});

test('once it is deregistered its runtime neither reports nor registers by a token that was good a moment ago; whoever may write gateways brings it back', async () => {
  const { id, gatewayId, token } = await aRegistered();
  const first = await deregister({ id, instanceId: 'pod-1' });
  expect(await deregister({ id, instanceId: 'pod-1' })).toEqual(first);
  expect((await graph.mutate('recordGatewayHealth', { gatewayId: id, status: 'HEALTHY' }, '', runtimeOf(id))).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await graph.mutate('registerGateway', { ...sample, gatewayId }, '', runtimeOf(id))).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  expect(await statusOf(id)).toBe('OFFLINE');
  const again = await graph.mutate('registerGateway', { ...sample, gatewayId, instanceId: 'pod-3' }, 'token gateway { id }');
  expect(again).toMatchObject({ gateway: { id }, token: expect.stringMatching(/^forge_gt_/) });
  expect(again.token).not.toBe(token);
});

test('another organisation, an id that leads nowhere and who saw an older version change nothing', async () => {
  const { id } = await aRegistered();
  const missing = [{ code: 'NOT_FOUND', path: ['input', 'id'], message: 'id: leads to no Gateway' }];
  expect((await deregister({ id, instanceId: 'pod-1' }, anotherOrganisation)).userErrors).toEqual(missing);
  expect((await deregister({ id: newId('Gateway'), instanceId: 'pod-1' })).userErrors).toEqual(missing);
  expect((await deregister({ id, instanceId: 'pod-1', expectedVersion: '2026-01-01T00:00:00.000Z' })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  expect(await statusOf(id)).toBe('HEALTHY');
});

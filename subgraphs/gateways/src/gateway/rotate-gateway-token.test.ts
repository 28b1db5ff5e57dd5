import { hashSecretKey } from '@forge/auth';
import { newId } from '@forge/subgraph-kit';
import { anotherOrganisation } from '@forge/testing';
import { runtimeOf, startTestGateways, type TestGateways } from '../fixture/graph.ts';
import { aGateway } from '../fixture/rows.ts';
import { olderToken, rotateGatewayTokenRules } from './gateway.rules.ts';

let graph: TestGateways;
beforeAll(async () => (graph = await startTestGateways()));
afterAll(() => graph.close());

const sample = { name: 'Berlin', url: 'https://berlin.example.com/', provider: 'CUSTOM', environment: 'production' };
async function aRegistered() {
  const { token, gateway } = await graph.mutate('registerGateway', { ...sample, gatewayId: newId('Gateway') }, 'token gateway { id updatedAt }');
  return { token: token as string, ...(gateway as { id: string; updatedAt: string }) };
}
const rotate = (input: object, as?: typeof anotherOrganisation) => graph.mutate('rotateGatewayToken', input, 'token gateway { id previousTokenExpiresAt }', as);
const works = async (...tokens: string[]) => {
  const found = await Promise.all(tokens.map((token) => graph.lookUp(hashSecretKey(token))));
  return found.map((each) => each !== null);
};

const now = new Date('2026-11-23T12:00:00.000Z');
const [past, later, hour] = [new Date(now), new Date('2026-11-23T12:30:00.000Z'), new Date('2026-11-23T13:00:00.000Z')];
const none = { previousTokenHash: null, previousTokenExpiresAt: null };
test.each([
  ['the first token of all', { tokenHash: null, tokenUsedAt: null, ...none }, 3_600, none],
  ['the newest works on', { tokenHash: 'b', tokenUsedAt: now, ...none }, 3_600, { previousTokenHash: 'b', previousTokenExpiresAt: hour }],
  ['the one before has had its time', { tokenHash: 'b', tokenUsedAt: now, previousTokenHash: 'a', previousTokenExpiresAt: past }, 3_600, { previousTokenHash: 'b', previousTokenExpiresAt: hour }],
  ['the one before has time, nobody has the newest', { tokenHash: 'b', tokenUsedAt: null, previousTokenHash: 'a', previousTokenExpiresAt: later }, 3_600, { previousTokenHash: 'a', previousTokenExpiresAt: later }],
  ['both are in use', { tokenHash: 'b', tokenUsedAt: now, previousTokenHash: 'a', previousTokenExpiresAt: later }, 3_600, undefined],
  ['none shall work on', { tokenHash: 'b', tokenUsedAt: now, previousTokenHash: 'a', previousTokenExpiresAt: later }, 0, none],
])('%s', (_, tokens, overlapSeconds, expected) => expect(olderToken(tokens, overlapSeconds, now)).toEqual(expected));

test('after a rotation the old token works until its overlap of an hour ends', async () => {
  const { id, token: old } = await aRegistered();
  const { token, gateway, userErrors } = await rotate({ id });
  expect({ gateway, userErrors }).toEqual({ gateway: { id, previousTokenExpiresAt: new Date(graph.clock.now.getTime() + 3_600_000).toISOString() }, userErrors: [] });
  expect(await works(old, token)).toEqual([true, true]);
  graph.later(3_599_999);
  expect(await works(old, token)).toEqual([true, true]);
  graph.later(1);
  expect(await works(old, token)).toEqual([false, true]);
});

test('without an overlap the old one stops at once', async () => {
  const { id, token: old } = await aRegistered();
  const { token, gateway } = await rotate({ id, overlapSeconds: 0 });
  expect(gateway.previousTokenExpiresAt).toBeNull();
  expect(await works(old, token)).toEqual([false, true]);
});

test('who lost the answer rotates again, and the token in use works on', async () => {
  const { id, token: old } = await aRegistered();
  await works(old);
  const { token: lost, gateway: { previousTokenExpiresAt } } = await rotate({ id });
  graph.later(60_000);
  const { token, gateway } = await rotate({ id });
  expect(gateway.previousTokenExpiresAt).toBe(previousTokenExpiresAt);
  expect(await works(old, lost, token)).toEqual([true, false, true]);
});

test('while two tokens are in use there is no third, unless both are to stop', async () => {
  const { id, token: first } = await aRegistered();
  const { token: second, gateway: { previousTokenExpiresAt } } = await rotate({ id, overlapSeconds: 600 });
  await works(second);
  const refused = await rotate({ id });
  expect(refused).toMatchObject({ token: null, gateway: null, userErrors: [{ code: 'INVALID_TRANSITION', path: ['input', 'overlapSeconds'], message: expect.stringContaining(previousTokenExpiresAt) }] });
  expect(await works(first, second)).toEqual([true, true]);
  const { token: third } = await rotate({ id, overlapSeconds: 0 });
  expect(await works(first, second, third)).toEqual([false, false, true]);
});

test('a call that is repeated rotates once, and cannot show the token again', async () => {
  const { id, token: old } = await aRegistered();
  const input = { id, idempotencyKey: 'once' };
  const answers = await Promise.all(Array.from({ length: 4 }, () => rotate(input)));
  const [token, ...others] = answers.map((answer) => answer.token as string | null).sort((a, b) => Number(a === null) - Number(b === null));
  expect(others).toEqual([null, null, null]);
  expect(await works(old, token ?? '')).toEqual([true, true]);
  expect((await rotate({ ...input, overlapSeconds: 1 })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'idempotencyKey'] }]);
});

test('of those who rotate at once the last one\'s token works, and the one that was in use', async () => {
  const { id, token: old } = await aRegistered();
  const tokens = (await Promise.all(Array.from({ length: 5 }, () => rotate({ id })))).map(({ token }) => token as string);
  expect((await works(...tokens)).filter(Boolean)).toEqual([true]);
  expect(await works(old)).toEqual([true]);
});

test.each([[-1, false], [0, true], [604_800, true], [604_801, false], [0.5, false]])('an overlap of %s seconds: %s', (overlapSeconds, expected) => {
  expect(rotateGatewayTokenRules.safeParse({ id: newId('Gateway'), overlapSeconds }).success).toBe(expected);
});

test('who saw an older version is told; a report that all is as before makes no other version', async () => {
  const { id, token } = await aRegistered();
  await graph.mutate('recordGatewayHealth', { gatewayId: id, status: 'HEALTHY' });
  const { gateway: { updatedAt } } = await graph.data('query ($id: ID!) { gateway(id: $id) { updatedAt } }', { id });
  await graph.mutate('recordGatewayHealth', { gatewayId: id, status: 'HEALTHY' });
  expect((await rotate({ id, expectedVersion: '2026-01-01T00:00:00.000Z' })).userErrors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'expectedVersion'] }]);
  expect(await works(token)).toEqual([true]);
  expect((await rotate({ id, expectedVersion: updatedAt })).userErrors).toEqual([]);
});

test('another organisation, and an id that leads nowhere, find no gateway; a runtime does not rotate its own token', async () => {
  const id = await aGateway(graph.databaseUrl);
  const missing = { token: null, gateway: null, userErrors: [{ code: 'NOT_FOUND', path: ['input', 'id'], message: 'id: leads to no Gateway' }] };
  expect([await rotate({ id }, anotherOrganisation), await rotate({ id: newId('Gateway') })]).toEqual([missing, missing]);
  const { errors } = await graph.ask('mutation ($input: RotateGatewayTokenInput!) { rotateGatewayToken(input: $input) { token } }', { input: { id } }, runtimeOf(id));
  expect(errors).toMatchObject([{ message: 'This needs the scope gateways:write.' }]);
});

import { createPrincipalSigner, demoPrincipal, generateKeyPair, newSecretKey, type Principal } from '@forge/auth';
import type { Subgraph } from '@forge/subgraph-kit';
import { SignJWT } from 'jose';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createSubgraphServer } from './server.ts';
import { authenticator } from './trust.ts';

const secrets = [randomBytes(32)];

/** Answers who asks, and is well unless told otherwise. */
const chat = (health: () => Promise<void> = async () => undefined): Subgraph => ({
  name: 'chat', health, close: async () => undefined, retention: [], receive: async () => [],
  execute: async ({ query, variables }, { principal }) => ({ data: { query, variables, principal } }),
});

async function ask(gatewayKey: string | undefined, headers: Record<string, string>, payload: object = { query: '{ ok }' }) {
  const response = await createSubgraphServer(chat(), await authenticator('chat', gatewayKey), secrets).inject({ method: 'POST', url: '/graphql', headers, payload });
  return { status: response.statusCode, challenge: response.headers['www-authenticate'], ...response.json<{ data?: { principal: Principal }; errors?: { message: string; extensions: object }[] }>() };
}

const [gateway, anotherGateway] = [await generateKeyPair(), await generateKeyPair()];
const ada = { ...demoPrincipal, subject: 'wrk_ada' };
const adasToken = async (audience = 'chat', { privateKey } = gateway, now = Date.now) => (await createPrincipalSigner(privateKey, now))(ada, audience);
const decoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token of Ada's with one of its three parts replaced. */
async function forged(part: 0 | 1 | 2, change: (part: string) => string) {
  return (await adasToken()).split('.').map((each, i) => (i === part ? change(each) : each)).join('.');
}
const changed = (changes: object) => (part: string) => decoded({ ...JSON.parse(Buffer.from(part, 'base64url').toString()), ...changes });

test('with a key it answers tokens that the gateway has signed for it', async () => {
  expect(await ask(gateway.publicKey, { authorization: `Bearer ${await adasToken()}` })).toEqual({ status: 200, data: { query: '{ ok }', principal: ada } });
});

test('while that key is replaced it answers tokens of the old one and of the new one', async () => {
  for (const pair of [gateway, anotherGateway]) {
    expect(await ask(gateway.publicKey + anotherGateway.publicKey, { authorization: `Bearer ${await adasToken('chat', pair)}` })).toMatchObject({ status: 200 });
  }
});

test.each<[string, () => Promise<string | undefined>]>([
  ['no token', async () => undefined],
  ['an API key', async () => `Bearer ${newSecretKey('forge_sk_')}`],
  ['a token of an agent runtime', async () => `Bearer ${newSecretKey('forge_gt_')}`],
  ['the JWT of a user', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwt = new SignJWT({ org_id: ada.orgId, scope: 'admin' }).setProtectedHeader({ alg: 'RS256', kid: 'a' }).setIssuer('https://login.test').setAudience('forge');
    return `Bearer ${await jwt.setSubject('wrk_ada').setIssuedAt().setExpirationTime('1m').sign(privateKey)}`;
  }],
  ['a token for another subgraph', async () => `Bearer ${await adasToken('budget')}`],
  ['a token of another gateway', async () => `Bearer ${await adasToken('chat', anotherGateway)}`],
  ['an expired token', async () => `Bearer ${await adasToken('chat', gateway, () => Date.now() - 60_000)}`],
  ['a token whose claims were changed', async () => `Bearer ${await forged(1, changed({ orgId: 'org_b' }))}`],
  ['a token whose signature was changed', async () => `Bearer ${await forged(2, (signature) => signature.split('').reverse().join(''))}`],
  ['a token of alg none', async () => `Bearer ${(await forged(0, changed({ alg: 'none' }))).replace(/[^.]+$/, '')}`],
  ['rubbish', async () => 'Bearer x'],
  ['nothing', async () => 'Bearer '],
  ['a password', async () => `Basic ${Buffer.from('ada:secret').toString('base64')}`],
])('%s is not answered: 401', async (_, make) => {
  const authorization = await make();
  expect(await ask(gateway.publicKey, authorization === undefined ? {} : { authorization })).toEqual({
    status: 401, challenge: 'Bearer', errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }],
  });
});

test('without a key everyone is the demo administrator, unless with a token, which nobody can check', async () => {
  expect(await ask(undefined, {})).toMatchObject({ status: 200, data: { principal: demoPrincipal } });
  expect(await ask(undefined, { authorization: 'Bearer x' })).toMatchObject({ status: 401, errors: [{ message: expect.stringContaining('understands no tokens') }] });
});

test.each([[{ query: 1 }], [{}], [['text']]])('the body %j is refused', async (payload) => {
  expect(await ask(undefined, {}, payload)).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
});

test('it is alive while its database is away, but not ready', async () => {
  const server = createSubgraphServer(chat(async () => { throw new Error('no database'); }), await authenticator('chat', undefined), secrets);
  expect((await server.inject('/health/live')).statusCode).toBe(200);
  expect((await server.inject('/health/ready')).statusCode).toBe(503);
});

import { hashSecretKey, newSecretKey, type Principal } from '@forge/auth';
import { pino } from 'pino';
import { createAuthenticator } from './authenticator.ts';
import { lookUpCredentialOver, type Credential } from './credential-lookup.ts';
import { secretKeyAuthenticator } from './secret-key-authenticator.ts';
import type { SubgraphContext, SubgraphRequest, SubgraphResponse } from '../../transport/transport.ts';

/** A gateways subgraph that holds credentials, remembers who asked for what, and can be away. */
function gatewaysSubgraph() {
  const subgraph = {
    credentials: new Map<string, unknown>(),
    asked: [] as { hash: unknown; principal: Principal }[],
    answer: undefined as SubgraphResponse | undefined,
    issue(prefix: 'forge_sk_' | 'forge_gt_', changes: Partial<Credential> = {}) {
      const key = newSecretKey(prefix);
      const kind = prefix === 'forge_sk_' ? 'API_KEY' : 'GATEWAY';
      subgraph.credentials.set(hashSecretKey(key), { orgId: 'org_a', subject: 'key_1', kind, scopes: ['workflow:read'], expiresAt: null, ...changes });
      return key;
    },
  };
  const fetch = async (name: string, { variables }: SubgraphRequest, { principal }: SubgraphContext): Promise<SubgraphResponse> => {
    expect(name).toBe('gateways');
    subgraph.asked.push({ hash: variables?.['hash'], principal });
    return subgraph.answer ?? { data: { credential: subgraph.credentials.get(String(variables?.['hash'])) ?? null } };
  };
  const authenticate = createAuthenticator({ kind: 'credentials', secretKeys: true, jwt: undefined }, { lookUpCredential: lookUpCredentialOver(fetch), logger: pino({ level: 'silent' }) });
  return { subgraph, as: async (key: string) => authenticate({ authorization: `Bearer ${key}` }), authenticate };
}

test.each([['forge_sk_', 'apiKey'], ['forge_gt_', 'gateway']] as const)('%s… is known by its hash', async (prefix, kind) => {
  const { subgraph, as } = gatewaysSubgraph();
  const key = subgraph.issue(prefix);
  expect(await as(key)).toEqual({ orgId: 'org_a', subject: 'key_1', kind, scopes: ['workflow:read'] });
  expect(subgraph.asked).toEqual([{ hash: hashSecretKey(key), principal: expect.objectContaining({ kind: 'system', scopes: ['system'] }) }]);
});

test('of the scopes of a key those count that there are, and never what the gateway alone may do', async () => {
  const { subgraph, as } = gatewaysSubgraph();
  expect((await as(subgraph.issue('forge_sk_', { scopes: ['system', 'chat:read', 'chat:fly', 'chat:read', 'constructor', ''] }))).scopes).toEqual(['chat:read']);
});

test.each(['forge_sk_', 'forge_gt_'] as const)('%s… that nobody issued is refused', async (prefix) => {
  await expect(gatewaysSubgraph().as(newSecretKey(prefix))).rejects.toMatchObject({ name: 'UnauthenticatedError', statusCode: 401, challenge: 'Bearer', message: 'This key is not known here, or was revoked, or has expired.' });
});

test('a key that has expired is refused, whatever the subgraph says', async () => {
  const { subgraph, as } = gatewaysSubgraph();
  await expect(as(subgraph.issue('forge_sk_', { expiresAt: new Date(Date.now() - 1).toISOString() }))).rejects.toThrow('has expired');
  await expect(as(subgraph.issue('forge_sk_', { expiresAt: new Date(Date.now() + 60_000).toISOString() }))).resolves.toMatchObject({ subject: 'key_1' });
});

test('an API key is not taken for a gateway\'s token, nor one for the other', async () => {
  const { subgraph, as } = gatewaysSubgraph();
  await expect(as(subgraph.issue('forge_sk_', { kind: 'GATEWAY' }))).rejects.toThrow('not known here');
  await expect(as(subgraph.issue('forge_gt_', { kind: 'API_KEY' }))).rejects.toThrow('not known here');
});

test('a key that is revoked is refused three seconds later at the latest', async () => {
  let now = 1_790_000_000_000;
  let credential: Credential | null = { orgId: 'org_a', subject: 'key_1', kind: 'API_KEY', scopes: [], expiresAt: null };
  const authenticate = secretKeyAuthenticator(async () => credential, { now: () => now });
  const key = newSecretKey('forge_sk_');
  await authenticate(key, 'forge_sk_');
  credential = null;
  now += 2_999;
  await expect(authenticate(key, 'forge_sk_')).resolves.toMatchObject({ subject: 'key_1' });
  now += 1;
  await expect(authenticate(key, 'forge_sk_')).rejects.toThrow('was revoked');
});

test.each([
  ['too short', `forge_sk_${'a'.repeat(42)}`], ['too long', `forge_sk_${'a'.repeat(44)}`], ['of another alphabet', `forge_sk_${'ä'.repeat(43)}`],
  ['of another kind', `forge_pk_${'a'.repeat(43)}`], ['a JWT, which is not accepted', 'eyJhbGciOiJub25lIn0.e30.'], ['a word', 'admin'],
])('what is %s is refused without a look-up', async (_, key) => {
  const { subgraph, as } = gatewaysSubgraph();
  await expect(as(key)).rejects.toThrow('The credential after Bearer is not an API key (forge_sk_…) or a token of a gateway (forge_gt_…).');
  expect(subgraph.asked).toEqual([]);
});

test.each([[undefined, 'Say who is asking'], ['', 'must be Bearer'], ['Bearer', 'must be Bearer'], ['Bearer ', 'must be Bearer'], ['Bearer a b', 'must be Bearer'], ['Basic YTpi', 'must be Bearer'], ['Bearerforge_sk_', 'must be Bearer']])('Authorization: %s is refused', async (authorization, message) => {
  const { authenticate } = gatewaysSubgraph();
  const outcome = async () => authenticate(authorization === undefined ? {} : { authorization });
  await expect(outcome()).rejects.toMatchObject({ name: 'UnauthenticatedError', challenge: 'Bearer', message: expect.stringContaining(message) });
});

test('the scheme may be written in any case', async () => {
  const { subgraph, authenticate } = gatewaysSubgraph();
  expect(await authenticate({ authorization: `bearer  ${subgraph.issue('forge_sk_')}` })).toMatchObject({ subject: 'key_1' });
});

test.each<[string, SubgraphResponse]>([
  ['is away', { data: null, errors: [{ message: 'The subgraph "gateways" is not available.' }] }],
  ['answers in part', { data: { credential: null }, errors: [{ message: 'The database is away.' }] }],
  ['knows no credentials', { data: {} }],
  ['answers what cannot be', { data: { credential: { orgId: 'org_a', subject: 'key_1', kind: 'ROOT', scopes: [], expiresAt: null } } }],
  ['answers with a time that is none', { data: { credential: { orgId: 'org_a', subject: 'key_1', kind: 'API_KEY', scopes: [], expiresAt: 'never' } } }],
  ['names no organisation', { data: { credential: { orgId: '', subject: 'key_1', kind: 'API_KEY', scopes: [], expiresAt: null } } }],
])('while the gateways subgraph %s it cannot be told who is asking', async (_, answer) => {
  const { subgraph, as } = gatewaysSubgraph();
  const key = subgraph.issue('forge_sk_');
  subgraph.answer = answer;
  await expect(as(key)).rejects.toMatchObject({ name: 'AuthenticationUnavailableError', statusCode: 503, retryAfterSeconds: 1, message: 'Whether this key is good cannot be told at the moment. Try again.' });
  subgraph.answer = undefined;
  expect(await as(key)).toMatchObject({ subject: 'key_1' });
});

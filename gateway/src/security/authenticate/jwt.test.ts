import { createHmac, generateKeyPairSync, KeyObject, sign } from 'node:crypto';
import { exportJWK, exportSPKI, SignJWT, type CompactJWSHeaderParameters } from 'jose';
import { anIssuerKey, startJwksServer, type IssuerKey } from '../../fixture/jwks-server.ts';
import { jwtAuthenticator } from './jwt-authenticator.ts';
import type { JwtOptions } from './jwt-options.ts';
import { readVerificationKey } from './verification-key.ts';

const [first, second, stranger, ofCurve] = await Promise.all([anIssuerKey('first'), anIssuerKey('second'), anIssuerKey('first'), anIssuerKey('curve', 'ES256')]);
const logger = { warn: () => undefined };
const begin = 1_790_000_000_000;
const seconds = begin / 1_000;

let issuer: Awaited<ReturnType<typeof startJwksServer>>;
beforeAll(async () => (issuer = await startJwksServer(first, ofCurve)));
afterAll(() => issuer.close());
beforeEach(() => Object.assign(issuer, { published: [first, ofCurve], more: [], asked: 0, answer: undefined }));

const authenticator = (options: Partial<JwtOptions> = {}, now = () => begin) => jwtAuthenticator(
  { issuers: ['https://login.test'], audiences: ['https://graph.test'], keys: issuer.url, orgClaim: 'org_id', scopeClaim: 'scope', ...options }, { logger, now },
);

const sound = { iss: 'https://login.test', aud: 'https://graph.test', sub: 'wrk_ada', org_id: 'org_a', scope: 'workflow:read chat:write', iat: seconds, exp: seconds + 300 };

/** A token of the issuer that says something else than a sound one. */
function aToken(claims: Record<string, unknown> = {}, { key = first, header = {} }: { key?: Pick<IssuerKey, 'kid' | 'alg' | 'privateKey'>; header?: Partial<CompactJWSHeaderParameters> } = {}) {
  const said = Object.entries<unknown>({ ...sound, ...claims }).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(said)).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header }).sign(key.privateKey);
}

test.each([['RSA', first], ['a curve', ofCurve]])('a user is known by a token signed with %s', async (_, key) => {
  expect(await authenticator()(await aToken({}, { key }))).toEqual({ orgId: 'org_a', subject: 'wrk_ada', kind: 'user', scopes: ['workflow:read', 'chat:write'] });
});

test.each<[string, Record<string, unknown>, readonly string[]]>([
  ['a text', { scope: 'chat:read' }, ['chat:read']],
  ['a list', { scope: ['chat:read', 'chat:write'] }, ['chat:read', 'chat:write']],
  ['under scp', { scope: undefined, scp: ['chat:read'] }, ['chat:read']],
  ['under scope and scp, of which the first counts', { scope: '', scp: 'admin' }, []],
  ['nowhere', { scope: undefined }, []],
  ['with some that there are not', { scope: 'openid  email chat:read chat:read chat:fly' }, ['chat:read']],
  ['with what the gateway alone may do', { scope: 'system admin' }, ['admin']],
])('scopes are %s', async (_, claims, scopes) => {
  expect((await authenticator()(await aToken(claims))).scopes).toEqual(scopes);
});

test('organisation and scopes can be under other claims', async () => {
  const authenticate = authenticator({ orgClaim: 'https://forge.test/org', scopeClaim: 'permissions' });
  const token = await aToken({ 'https://forge.test/org': 'org_b', permissions: ['chat:read'] });
  expect(await authenticate(token)).toMatchObject({ orgId: 'org_b', scopes: ['chat:read'] });
});

test('one of several issuers, for one of several audiences', async () => {
  const authenticate = authenticator({ issuers: ['https://login.test', 'https://sso.test'], audiences: ['https://graph.test', 'cli'] });
  expect(await authenticate(await aToken({ iss: 'https://sso.test', aud: ['other', 'cli'] }))).toMatchObject({ subject: 'wrk_ada' });
});

test.each<[string, Record<string, unknown>, string]>([
  ['of another issuer', { iss: 'https://evil.test' }, 'issuer that is not trusted'],
  ['whose issuer only begins right', { iss: 'https://login.test.evil' }, 'issuer that is not trusted'],
  ['of no issuer', { iss: undefined }, 'no claim "iss"'],
  ['for another audience', { aud: 'https://other.test' }, 'another audience'],
  ['for no audience', { aud: undefined }, 'no claim "aud"'],
  ['that has expired', { exp: seconds - 5 }, 'has expired'],
  ['that never expires', { exp: undefined }, 'no claim "exp"'],
  ['whose expiry is no number', { exp: 'tomorrow' }, 'claim "exp" of the token is not acceptable'],
  ['that is not valid yet', { nbf: seconds + 6 }, 'not valid yet'],
  ['about nobody', { sub: undefined }, 'needs the claim "sub"'],
  ['about a number', { sub: 7 }, 'needs the claim "sub"'],
  ['of no organisation', { org_id: undefined }, 'names no organisation: it needs the claim "org_id"'],
  ['of two organisations', { org_id: ['org_a', 'org_b'] }, 'names no organisation'],
  ['of an organisation without end', { org_id: 'o'.repeat(257) }, 'at most 256 characters'],
  ['whose scopes are an object', { scope: { admin: true } }, 'The claim "scope" of the token must be'],
])('a token %s is refused', async (_, claims, message) => {
  await expect(authenticator()(await aToken(claims))).rejects.toMatchObject({ name: 'UnauthenticatedError', challenge: 'Bearer', message: expect.stringContaining(message) });
});

test('a claim that every object has is none of the token', async () => {
  await expect(authenticator({ orgClaim: 'constructor' })(await aToken())).rejects.toThrow('names no organisation');
});

test('clocks may differ by five seconds', async () => {
  await expect(authenticator()(await aToken({ exp: seconds - 4, nbf: seconds + 5 }))).resolves.toMatchObject({ subject: 'wrk_ada' });
});

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const unsigned = (header: object) => `${encoded(header)}.${encoded(sound)}`;
const hmac = (header: object, secret: string | Buffer) => `${unsigned(header)}.${createHmac('sha256', secret).update(unsigned(header)).digest('base64url')}`;
const spki = await exportSPKI(first.publicKey);
const notAccepted = 'This token is not one that is accepted here.';
const wrongAlgorithm = 'The token is signed in a way that is not accepted here.';

test.each<[string, string, () => string | Promise<string>]>([
  ['of alg none', wrongAlgorithm, () => `${unsigned({ alg: 'none' })}.`],
  ['of alg none, in capitals and with a key', wrongAlgorithm, () => `${unsigned({ alg: 'NONE', kid: 'first' })}.`],
  ['of alg HS256 with the public key as the secret', wrongAlgorithm, () => hmac({ alg: 'HS256', kid: 'first' }, spki)],
  ['of alg HS256 with the public key\'s bytes as the secret', wrongAlgorithm, () => hmac({ alg: 'HS256', kid: 'first' }, KeyObject.from(first.publicKey).export({ type: 'spki', format: 'der' }))],
  ['of an HMAC that claims to be RS256', notAccepted, () => hmac({ alg: 'RS256', kid: 'first' }, spki)],
  ['signed by a stranger in the name of a known key', notAccepted, () => aToken({}, { key: stranger })],
  ['of RSA that names a key of another type', notAccepted, () => aToken({}, { header: { kid: 'curve' } })],
  ['of an algorithm that its key is not for', notAccepted, async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    return new SignJWT(sound).setProtectedHeader({ alg: 'ES384', kid: 'curve' }).sign(privateKey);
  }],
  ['that brings its own key', notAccepted, async () => aToken({}, { key: stranger, header: { jwk: await exportJWK(stranger.publicKey) } })],
  ['that says where its key is', notAccepted, () => aToken({}, { key: stranger, header: { jku: 'https://evil.test/jwks.json', x5u: 'https://evil.test/cert' } })],
  ['whose key is a path', notAccepted, () => aToken({}, { key: stranger, header: { kid: '../../../dev/null' } })],
  ['whose key is what every object has', notAccepted, () => aToken({}, { key: stranger, header: { kid: '__proto__' } })],
  ['whose key is no text', notAccepted, async () => hmac({ alg: 'RS256', kid: { toString: 'first' } }, 'x')],
  ['with an extension that nobody knows', notAccepted, () => `${unsigned({ alg: 'RS256', kid: 'first', crit: ['exp'], exp: 1 })}.AAAA`],
  ['whose claims were changed', notAccepted, async () => {
    const [header, , signature] = (await aToken()).split('.');
    return [header, encoded({ ...sound, org_id: 'org_b' }), signature].join('.');
  }],
  ['whose claims are no object', notAccepted, async () => `${encoded({ alg: 'RS256', kid: 'first' })}.${encoded([])}.AAAA`],
  ['that is rubbish', notAccepted, () => 'a.b.c'],
  ['of five parts, encrypted', notAccepted, () => 'a.b.c.d.e'],
])('a token %s is refused: %s', async (_, message, make) => {
  await expect(authenticator()(await make())).rejects.toMatchObject({ name: 'UnauthenticatedError', message });
});

test('of the keys that an issuer publishes a shared secret, one for encryption and a weak one count for nothing', async () => {
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
  issuer.published = [];
  issuer.more = [
    { kty: 'oct', kid: 'shared', k: Buffer.from('secret').toString('base64url') },
    { ...await exportJWK(second.publicKey), kid: 'second', use: 'enc' },
    { ...await exportJWK(weak.publicKey), kid: 'weak' },
  ];
  await expect(authenticator()(hmac({ alg: 'HS256', kid: 'shared' }, 'secret'))).rejects.toThrow(wrongAlgorithm);
  await expect(authenticator()(await aToken({}, { key: second }))).rejects.toThrow(notAccepted);
  const content = unsigned({ alg: 'RS256', kid: 'weak' });
  await expect(authenticator()(`${content}.${sign('sha256', Buffer.from(content), weak.privateKey).toString('base64url')}`)).rejects.toThrow(notAccepted);
});

test('a huge token is refused before anything is done with it', async () => {
  await expect(authenticator()(await aToken({ name: 'x'.repeat(8_192) }))).rejects.toThrow('The token is longer than 8192 characters.');
  expect(issuer.asked).toBe(0);
});

test('a token that was good is known for 30 seconds, but not longer than it lives', async () => {
  let milliseconds = begin;
  const authenticate = authenticator({}, () => milliseconds);
  const [long, short] = [await aToken(), await aToken({ exp: seconds + 10 })];
  const principal = await authenticate(long);
  expect(await authenticate(short)).toEqual(principal);
  expect(await authenticate(long)).toBe(principal);
  milliseconds = begin + 14_999;
  expect(await authenticate(short)).toEqual(principal);
  milliseconds = begin + 15_000;
  await expect(authenticate(short)).rejects.toThrow('has expired');
  milliseconds = begin + 30_000;
  expect(await authenticate(long)).not.toBe(principal);
});

describe('with the one key that there is', () => {
  const withKey = (text: string) => authenticator({ keys: readVerificationKey(text) });

  test('its tokens are accepted, as PEM or JWK, whatever name they give it', async () => {
    for (const text of [spki, JSON.stringify(await exportJWK(first.publicKey))]) {
      expect(await withKey(text)(await aToken({}, { header: { kid: 'any' } }))).toMatchObject({ subject: 'wrk_ada' });
    }
    expect(issuer.asked).toBe(0);
  });

  test.each<[string, () => string | Promise<string>]>([
    ['of alg none', () => `${unsigned({ alg: 'none' })}.`],
    ['of alg HS256 with that key as the secret', () => hmac({ alg: 'HS256' }, spki)],
    ['of a key of another type', () => aToken({}, { key: ofCurve })],
  ])('a token %s is refused', async (_, make) => {
    await expect(withKey(spki)(await make())).rejects.toThrow(wrongAlgorithm);
  });

  test('a token of another key is refused', async () => {
    await expect(withKey(spki)(await aToken({}, { key: second }))).rejects.toThrow(notAccepted);
  });
});

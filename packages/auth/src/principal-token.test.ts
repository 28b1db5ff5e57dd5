import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { generateKeyPair, keyId } from './gateway-keys.ts';
import { createPrincipalSigner } from './principal-signer.ts';
import { createPrincipalVerifier } from './principal-verifier.ts';
import { demoPrincipal } from './principal.ts';

const [ours, theirs] = [await generateKeyPair(), await generateKeyPair()];
const kid = await keyId(createPublicKey(ours.publicKey));
const begin = 1_790_000_000_000;

/** A clock that stands still until it is set. */
function aClock() {
  const clock = { milliseconds: begin, now: () => clock.milliseconds };
  return clock;
}

const sound = { iss: 'forge-gateway', sub: 'wrk_ada', aud: 'chat', orgId: 'org_a', kind: 'user', scopes: ['chat:read'], iat: begin / 1000, exp: begin / 1000 + 60 };

/** A token signed by the gateway that says what no gateway says. */
function aToken(claims: Record<string, unknown>, { header = { alg: 'EdDSA', kid }, privateKey = ours.privateKey }: { header?: { alg: string; kid?: string }; privateKey?: string } = {}) {
  const said = Object.entries<unknown>({ ...sound, ...claims }).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(said)).setProtectedHeader(header).sign(createPrivateKey(privateKey));
}

async function verify(token: string, { milliseconds = begin, keys = ours.publicKey, audience = 'chat' } = {}) {
  return (await createPrincipalVerifier(keys, () => milliseconds))(token, audience);
}

test('a subgraph learns from the token who is asking', async () => {
  const token = await (await createPrincipalSigner(ours.privateKey))(demoPrincipal, 'chat');
  expect(await (await createPrincipalVerifier(ours.publicKey))(token, 'chat')).toEqual(demoPrincipal);
});

test('what the refusals below leave out is accepted', async () => {
  expect(await verify(await aToken({}))).toEqual({ orgId: 'org_a', subject: 'wrk_ada', kind: 'user', scopes: ['chat:read'] });
});

test.each<[string, Record<string, unknown>]>([
  ['for another subgraph', { aud: 'budget' }],
  ['for two subgraphs', { aud: ['chat', 'budget'] }],
  ['for nobody in particular', { aud: undefined }],
  ['of another issuer', { iss: 'forge' }],
  ['that has expired', { iat: begin / 1000 - 60, exp: begin / 1000 }],
  ['that never expires', { exp: undefined }],
  ['that does not say since when', { iat: undefined }],
  ['that lives for more than a minute', { exp: begin / 1000 + 61 }],
  ['that lives for an hour and is old', { iat: begin / 1000 - 90, exp: begin / 1000 + 3_600 }],
  ['from the future', { iat: begin / 1000 + 6, exp: begin / 1000 + 60 }],
  ['that is not valid yet', { nbf: begin / 1000 + 1 }],
  ['about nobody', { sub: undefined }],
  ['about the empty name', { sub: '' }],
  ['of no organisation', { orgId: undefined }],
  ['of several organisations', { orgId: ['org_a', 'org_b'] }],
  ['of a kind that there is not', { kind: 'root' }],
  ['with scopes as text', { scopes: 'admin' }],
  ['with scopes of another type', { scopes: [1] }],
])('a token %s is refused', async (_, claims) => {
  await expect(verify(await aToken(claims))).rejects.toThrow('not a token of the gateway for this subgraph');
});

const decoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

test.each<[string, () => string | Promise<string>]>([
  ['signed with another key', () => aToken({}, { privateKey: theirs.privateKey })],
  ['signed with another key, which it names', async () => aToken({}, { privateKey: theirs.privateKey, header: { alg: 'EdDSA', kid: await keyId(createPublicKey(theirs.publicKey)) } })],
  ['that names no key', () => aToken({}, { header: { alg: 'EdDSA' } })],
  ['of another algorithm', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return new SignJWT(sound).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);
  }],
  ['without a signature', () => new UnsecuredJWT(sound).encode()],
  ['without a signature, in the name of our key', () => `${decoded({ alg: 'none', kid })}.${decoded(sound)}.`],
  ['with the public key as the secret of an HMAC', () => {
    const content = `${decoded({ alg: 'HS256', kid })}.${decoded(sound)}`;
    return `${content}.${createHmac('sha256', ours.publicKey).update(content).digest('base64url')}`;
  }],
  ['whose claims were changed', async () => {
    const [header, , signature] = (await aToken({})).split('.');
    return [header, decoded({ ...sound, scopes: ['admin'] }), signature].join('.');
  }],
  ['longer than any of ours', () => aToken({ scopes: Array.from({ length: 700 }, () => 'chat:read') })],
  ['that is rubbish', () => 'rubbish'],
  ['that is nothing', () => ''],
])('a token %s is refused', async (_, make) => {
  await expect(verify(await make())).rejects.toThrow('not a token of the gateway for this subgraph');
});

test('a clock that is behind the gateway\'s by some seconds does no harm', async () => {
  await expect(verify(await aToken({}), { milliseconds: begin - 5_000 })).resolves.toMatchObject({ subject: 'wrk_ada' });
});

test('a token lives for a minute, and is sent for half of that', async () => {
  const clock = aClock();
  const sign = await createPrincipalSigner(ours.privateKey, clock.now);
  const verify = await createPrincipalVerifier(ours.publicKey, clock.now);
  const token = await sign(demoPrincipal, 'chat');
  clock.milliseconds = begin + 29_999;
  expect(await sign({ ...demoPrincipal, scopes: [...demoPrincipal.scopes] }, 'chat')).toBe(token);
  clock.milliseconds = begin + 30_000;
  expect(await sign(demoPrincipal, 'chat')).not.toBe(token);

  clock.milliseconds = begin + 59_999;
  expect(await verify(token, 'chat')).toEqual(demoPrincipal);
  clock.milliseconds = begin + 60_000;
  await expect(verify(token, 'chat')).rejects.toThrow('not a token of the gateway');
});

test('a token is made again for whoever differs in anything', async () => {
  const sign = await createPrincipalSigner(ours.privateKey);
  const others = [{ orgId: 'org_b' }, { subject: 'wrk_bob' }, { kind: 'apiKey' as const }, { scopes: [] }, { scopes: ['admin', 'chat:read'] }];
  const tokens = [sign(demoPrincipal, 'chat'), sign(demoPrincipal, 'budget'), ...others.map((other) => sign({ ...demoPrincipal, ...other }, 'chat'))];
  expect(new Set(await Promise.all(tokens)).size).toBe(tokens.length);
});

test('a token that was verified for one subgraph is still none for another', async () => {
  const verify = await createPrincipalVerifier(ours.publicKey, () => begin);
  const token = await aToken({});
  await verify(token, 'chat');
  await expect(verify(token, 'budget')).rejects.toThrow('not a token of the gateway');
});

test('the same token gives the same principal, which nobody can change', async () => {
  const verify = await createPrincipalVerifier(ours.publicKey, () => begin);
  const token = await aToken({});
  const principal = await verify(token, 'chat');
  expect(await verify(token, 'chat')).toBe(principal);
  expect(() => Object.assign(principal, { orgId: 'org_b' })).toThrow('read only');
  expect(() => (principal.scopes as string[]).push('admin')).toThrow('not extensible');
});

test('while the gateway\'s key is replaced a subgraph knows the old one and the new one', async () => {
  const keys = `${ours.publicKey}\n${theirs.publicKey}`;
  for (const { privateKey } of [ours, theirs]) {
    const token = await (await createPrincipalSigner(privateKey, () => begin))(demoPrincipal, 'chat');
    await expect(verify(token, { keys })).resolves.toEqual(demoPrincipal);
  }
});

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });

test.each([['nothing', ''], ['rubbish', 'rubbish'], ['a private key', ours.privateKey], ['a private key beside a public one', ours.publicKey + ours.privateKey], ['an RSA key', rsa.publicKey], ['half a key', ours.publicKey.slice(0, 60)]])('%s is no key to verify with', async (_, keys) => {
  await expect(createPrincipalVerifier(keys)).rejects.toThrow();
});

test.each([['rubbish', 'rubbish'], ['a public key', ours.publicKey], ['an RSA key', rsa.privateKey]])('%s is no key to sign with', async (_, key) => {
  await expect(createPrincipalSigner(key)).rejects.toThrow();
});

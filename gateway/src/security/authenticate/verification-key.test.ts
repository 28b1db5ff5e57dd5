import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { readVerificationKey } from './verification-key.ts';

const rsa = (modulusLength = 2048) => generateKeyPairSync('rsa', { modulusLength });
const ec = (namedCurve = 'P-256') => generateKeyPairSync('ec', { namedCurve });
const pem = ({ publicKey }: ReturnType<typeof rsa>) => publicKey.export({ type: 'spki', format: 'pem' }).toString();
const jwk = ({ publicKey }: ReturnType<typeof rsa>, more: JsonWebKey = {}) => JSON.stringify({ ...publicKey.export({ format: 'jwk' }), ...more });

test.each([
  ['RSA', rsa(), ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']],
  ['P-256', ec(), ['ES256']],
  ['P-384', ec('P-384'), ['ES384']],
  ['P-521', ec('P-521'), ['ES512']],
  ['Ed25519', generateKeyPairSync('ed25519'), ['EdDSA', 'Ed25519']],
])('a key of %s, as PEM or JWK, goes with its own algorithms only', (_, pair, algorithms) => {
  expect(readVerificationKey(`\n${pem(pair)}\n`).algorithms).toEqual(algorithms);
  expect(readVerificationKey(jwk(pair)).algorithms).toEqual(algorithms);
});

test('a JWK that names its algorithm goes with that alone', () => {
  expect(readVerificationKey(jwk(rsa(), { alg: 'PS256', use: 'sig' })).algorithms).toEqual(['PS256']);
});

const pair = rsa();

test.each([
  ['rubbish', 'rubbish', 'must be one public key'],
  ['a damaged PEM', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'cannot be read|can be read'],
  ['two keys', pem(pair) + pem(pair), 'must be one public key'],
  ['a private key', pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'is a private key'],
  ['a private JWK', JSON.stringify(pair.privateKey.export({ format: 'jwk' })), 'is a private key'],
  ['a shared secret', '{"kty":"oct","k":"c2VjcmV0"}', 'is a shared secret'],
  ['broken JSON', '{"kty":', 'is no JSON'],
  ['a JWK of nothing', '{}', 'is not a JWK of a public key'],
  ['a JWK with a shared-secret algorithm', jwk(pair, { alg: 'HS256' }), 'alg does not go with its key'],
  ['a JWK with another key\'s algorithm', jwk(pair, { alg: 'ES256' }), 'alg does not go with its key'],
  ['a JWK for encryption', jwk(pair, { use: 'enc' }), 'not for signatures'],
  ['a short RSA key', pem(rsa(1024)), 'RSA of at least 2048 bits'],
  ['a curve that JWA does not use', pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' })), 'must be RSA'],
  ['a key that signs nothing', pem(generateKeyPairSync('x25519')), 'must be RSA'],
])('%s is refused', (_, text, message) => {
  expect(() => readVerificationKey(text)).toThrow(new RegExp(message));
});

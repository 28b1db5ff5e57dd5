import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { VerificationKey } from './jwt-options.ts';

const ofRsa = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
const ofCurves: Readonly<Record<string, readonly string[]>> = { prime256v1: ['ES256'], secp384r1: ['ES384'], secp521r1: ['ES512'] };
const ofEd25519 = ['EdDSA', 'Ed25519'];

/** Every algorithm a token may be signed with. None with a shared secret: whoever could verify those could make them. */
export const asymmetricAlgorithms: readonly string[] = [...ofRsa, ...Object.values(ofCurves).flat(), ...ofEd25519];

const fewestRsaBits = 2_048;

/** The key in `text`, SPKI as PEM or a JWK; throws an Error whose message says what is wrong with it. */
export function readVerificationKey(text: string): VerificationKey {
  const trimmed = text.trim();
  if (trimmed.includes('PRIVATE KEY')) throw new Error('is a private key; this needs the public half');
  return trimmed.startsWith('{') ? fromJwk(trimmed) : withAlgorithms(fromPem(trimmed));
}

function fromPem(pem: string): KeyObject {
  if (!/^-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----$/.test(pem)) throw new Error('must be one public key, SPKI as PEM or a JWK');
  try {
    return createPublicKey(pem);
  } catch (cause) {
    throw new Error('is not a public key that can be read', { cause });
  }
}

function fromJwk(json: string): VerificationKey {
  let jwk: JsonWebKey;
  try {
    jwk = JSON.parse(json) as JsonWebKey;
  } catch (cause) {
    throw new Error('begins like a JWK but is no JSON', { cause });
  }
  if (jwk.kty === 'oct') throw new Error('is a shared secret; tokens must be signed with a key of two halves');
  if (jwk.d !== undefined) throw new Error('is a private key; this needs the public half');
  let key: KeyObject;
  try {
    key = createPublicKey({ key: jwk, format: 'jwk' });
  } catch (cause) {
    throw new Error('is not a JWK of a public key', { cause });
  }
  if (jwk['use'] !== undefined && jwk['use'] !== 'sig') throw new Error('is a JWK that is not for signatures');
  const { algorithms } = withAlgorithms(key);
  const { alg } = jwk as { alg?: unknown };
  const agreed = alg === undefined ? algorithms : algorithms.filter((each) => each === alg);
  if (agreed.length === 0) throw new Error('is a JWK whose alg does not go with its key');
  return { key, algorithms: agreed };
}

function withAlgorithms(key: KeyObject): VerificationKey {
  const algorithms = algorithmsOf(key);
  if (algorithms === undefined) throw new Error(`must be RSA of at least ${fewestRsaBits} bits, P-256, P-384, P-521 or Ed25519`);
  return { key, algorithms };
}

function algorithmsOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): readonly string[] | undefined {
  switch (asymmetricKeyType) {
    case 'rsa': return (asymmetricKeyDetails?.modulusLength ?? 0) >= fewestRsaBits ? ofRsa : undefined;
    case 'ec': return ofCurves[asymmetricKeyDetails?.namedCurve ?? ''];
    case 'ed25519': return ofEd25519;
    default: return undefined;
  }
}

import { createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportPKCS8, exportSPKI, generateKeyPair as generate } from 'jose';
import { algorithm } from './principal-token.ts';

/** A new Ed25519 pair as PEM, the private half in PKCS #8, the public one in SPKI. */
export async function generateKeyPair(): Promise<{ privateKey: string; publicKey: string }> {
  const pair = await generate(algorithm, { extractable: true });
  return { privateKey: await exportPKCS8(pair.privateKey), publicKey: await exportSPKI(pair.publicKey) };
}

const pem = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

/**
 * The Ed25519 public keys, SPKI as PEM, that stand one after another in `pems`: the gateway's, and while that is replaced
 * the next one. Throws when there is none, or anything else than such keys: a private one above all.
 */
export function readPublicKeys(pems: string): KeyObject[] {
  const keys = (pems.match(pem) ?? []).map((each) => createPublicKey(each));
  const more = pems.replaceAll(pem, '').trim();
  if (keys.length === 0 || more !== '' || keys.some(({ asymmetricKeyType }) => asymmetricKeyType !== 'ed25519')) {
    throw new TypeError('not Ed25519 public keys as PEM, and nothing else');
  }
  return keys;
}

/** The name of a key in the header of tokens, the same on both sides without telling each other: RFC 7638. */
export async function keyId(publicKey: KeyObject): Promise<string> {
  return calculateJwkThumbprint(publicKey);
}

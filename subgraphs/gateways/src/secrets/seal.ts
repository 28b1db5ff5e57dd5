import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Keyring } from './keyring.ts';

// AES-256-GCM, NIST SP 800-38D: nonces of 96 bits at random (section 8.2.2), good for 2^32 secrets a key (section 8.3).
const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Where a secret is stored. A ciphertext that is copied to another place cannot be opened there. */
export interface Place {
  readonly orgId: string;
  readonly id: string;
  readonly column: string;
}

/** `plain` encrypted with the current key: `v1.<id of the key>.<nonce, ciphertext and tag as base64url>`. */
export function seal({ current, keys }: Keyring, plain: string, place: Place): string {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, keyOf(keys, current), nonce).setAAD(nameOf(place));
  const body = Buffer.concat([nonce, sealing.update(plain, 'utf8'), sealing.final(), sealing.getAuthTag()]);
  return `v1.${current}.${body.toString('base64url')}`;
}

/** What was sealed at this place. Throws an Error for a key that is not there, and for anything that was tampered with. */
export function open({ keys }: Keyring, sealed: string, place: Place): string {
  const [version, keyId = '', text = ''] = sealed.split('.');
  const body = Buffer.from(text, 'base64url');
  if (version !== 'v1' || body.length < nonceBytes + tagBytes) throw new Error('not a sealed secret');
  const opening = createDecipheriv(cipher, keyOf(keys, keyId), body.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(nameOf(place)).setAuthTag(body.subarray(-tagBytes));
  return Buffer.concat([opening.update(body.subarray(nonceBytes, -tagBytes)), opening.final()]).toString('utf8');
}

/** Tells whether two secrets are the same without either: where an input is remembered, this stands for its secret. */
export function fingerprint({ current, keys }: Keyring, plain: string): string {
  const key = new Uint8Array(hkdfSync('sha256', keyOf(keys, current), '', 'fingerprint', 32));
  return createHmac('sha256', key).update(plain).digest('hex');
}

function keyOf(keys: Keyring['keys'], id: string): Uint8Array {
  const key = keys.get(id);
  if (!key) throw new Error(`the key ${id}, which a secret was encrypted with, is not configured`);
  return key;
}

function nameOf({ orgId, id, column }: Place): Buffer {
  return Buffer.from(JSON.stringify([orgId, id, column]));
}

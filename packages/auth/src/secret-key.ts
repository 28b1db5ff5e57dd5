import { createHash, randomBytes } from 'node:crypto';

/** What an API key, and what a gateway's token, begins with. */
export type SecretKeyPrefix = 'forge_sk_' | 'forge_gt_';

// 32 bytes in base64url: nobody guesses one, so a plain hash of it is as good as a slow one.
const bytes = 32;
const form = /^(forge_sk_|forge_gt_)[\w-]{43}$/;

/** A new API key or gateway token: `prefix` and 43 characters of base64url. Whoever makes one shows it once and keeps its hash. */
export function newSecretKey(prefix: SecretKeyPrefix): string {
  return prefix + randomBytes(bytes).toString('base64url');
}

/** What `credential` begins with when it has the form of an API key or gateway token, undefined when it has not. */
export function prefixOfSecretKey(credential: string): SecretKeyPrefix | undefined {
  return form.exec(credential)?.[1] as SecretKeyPrefix | undefined;
}

/** SHA-256 of a whole key, its prefix included, in lower-case hex: what is stored in place of it. */
export function hashSecretKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

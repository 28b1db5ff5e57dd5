import { createPrivateKey, createPublicKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { keyId } from './gateway-keys.ts';
import { algorithm, issuer, lifetimeSeconds } from './principal-token.ts';
import type { Principal } from './principal.ts';

// Half of a token's life is left when it is sent for the last time: for the way, and for clocks that differ.
const reuseMilliseconds = 30_000;
const mostTokens = 10_000;

/** Makes a token that tells the subgraph `audience`, and no other, who is asking. */
export type PrincipalSigner = (principal: Principal, audience: string) => Promise<string>;

/**
 * A signer with an Ed25519 private key, PKCS #8 as PEM. A token is used again for half its life, so a principal costs a
 * subgraph one signature in that time. `now` is the clock, in milliseconds.
 */
export async function createPrincipalSigner(privateKey: string, now: () => number = Date.now): Promise<PrincipalSigner> {
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 private key');
  const header = { alg: algorithm, kid: await keyId(createPublicKey(key)) };
  const made = new LRUCache<string, { token: Promise<string>; until: number }>({ max: mostTokens });

  return ({ orgId, subject, kind, scopes }, audience) => {
    const id = JSON.stringify([audience, orgId, subject, kind, scopes]);
    const existing = made.get(id);
    if (existing && existing.until > now()) return existing.token;
    const seconds = Math.floor(now() / 1000);
    const token = new SignJWT({ orgId, kind, scopes }).setProtectedHeader(header).setIssuer(issuer).setSubject(subject)
      .setAudience(audience).setIssuedAt(seconds).setExpirationTime(seconds + lifetimeSeconds).sign(key);
    made.set(id, { token, until: now() + reuseMilliseconds });
    return token;
  };
}

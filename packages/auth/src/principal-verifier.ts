import type { KeyObject } from 'node:crypto';
import { jwtVerify, type JWTHeaderParameters } from 'jose';
import { LRUCache } from 'lru-cache';
import { UnauthenticatedError } from './errors.ts';
import { keyId, readPublicKeys } from './gateway-keys.ts';
import { algorithm, claims, clockToleranceSeconds, issuer, lifetimeSeconds } from './principal-token.ts';
import type { Principal } from './principal.ts';

// Longer ones are not the gateway's, whose longest say a few hundred scopes.
const mostCharacters = 8_192;
const mostTokens = 10_000;

/** Who is asking, by a token for `audience`; throws UnauthenticatedError for any other. */
export type PrincipalVerifier = (token: string, audience: string) => Promise<Principal>;

/**
 * A verifier with the gateway's public keys, SPKI as PEM: one, or while it is replaced several, one after another. A token
 * is verified once and then known until it expires. `now` is the clock, in milliseconds.
 */
export async function createPrincipalVerifier(publicKeys: string, now: () => number = Date.now): Promise<PrincipalVerifier> {
  const keys = new Map(await Promise.all(readPublicKeys(publicKeys).map(async (key) => [await keyId(key), key] as const)));
  const known = new LRUCache<string, { principal: Principal; until: number }>({ max: mostTokens });

  return async (token, audience) => {
    const id = `${audience} ${token}`;
    const existing = known.get(id);
    if (existing && existing.until > now()) return existing.principal;
    try {
      const verified = await verify(token, audience, keys, now());
      known.set(id, verified);
      return verified.principal;
    } catch (error) {
      throw new UnauthenticatedError('not a token of the gateway for this subgraph', { cause: error });
    }
  };
}

async function verify(token: string, audience: string, keys: ReadonlyMap<string, KeyObject>, now: number) {
  if (token.length > mostCharacters) throw new RangeError('too long');
  const { payload } = await jwtVerify(token, (header) => keyOf(header, keys), { issuer, algorithms: [algorithm], currentDate: new Date(now) });
  const { aud, sub, orgId, kind, scopes, iat, exp } = claims.parse(payload);
  if (aud !== audience) throw new RangeError('for another subgraph, or for more than one');
  if (exp - iat > lifetimeSeconds) throw new RangeError('lives too long');
  if (iat > now / 1000 + clockToleranceSeconds) throw new RangeError('made in the future');
  // The same for every request that brings the token, so nobody may change it.
  const principal: Principal = Object.freeze({ orgId, subject: sub, kind, scopes: Object.freeze(scopes) });
  return { principal, until: exp * 1000 };
}

function keyOf({ kid }: JWTHeaderParameters, keys: ReadonlyMap<string, KeyObject>): KeyObject {
  const key = keys.get(kid ?? '');
  if (!key) throw new RangeError('signed with a key that is not known here');
  return key;
}

import { createHash } from 'node:crypto';
import { UnauthenticatedError, type Principal } from '@forge/auth';
import { jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import { LRUCache } from 'lru-cache';
import type { JwtOptions } from './jwt-options.ts';
import { principalOf } from './jwt-principal.ts';
import { refusalOf } from './jwt-refusal.ts';
import { remoteKeys, type RemoteKeysOptions } from './remote-keys.ts';
import { asymmetricAlgorithms } from './verification-key.ts';

const mostCharacters = 8_192;
const clockToleranceSeconds = 5;
const keepMilliseconds = 30_000;
const mostTokens = 10_000;

/** Who brings a JWT; throws UnauthenticatedError when it is not good, AuthenticationUnavailableError when that cannot be told. */
export type AuthenticateJwt = (token: string) => Promise<Principal>;

/**
 * Verifies JWTs of users (RFC 7519; the pitfalls are those of RFC 8725). A token that was found good is known for 30 seconds,
 * or until it expires. `now` is the clock, in milliseconds.
 */
export function jwtAuthenticator(options: JwtOptions, { now = Date.now, ...remote }: RemoteKeysOptions & { now?: () => number }): AuthenticateJwt {
  const { issuers, audiences, keys } = options;
  const [keyOf, algorithms]: [JWTVerifyGetKey, readonly string[]] = keys instanceof URL ? [remoteKeys(keys, remote), asymmetricAlgorithms] : [async () => keys.key, keys.algorithms];
  const fixed: JWTVerifyOptions = { issuer: [...issuers], audience: [...audiences], algorithms: [...algorithms], requiredClaims: ['exp'], clockTolerance: clockToleranceSeconds };
  const known = new LRUCache<string, { principal: Principal; until: number }>({ max: mostTokens });

  return async (token) => {
    if (token.length > mostCharacters) throw new UnauthenticatedError(`The token is longer than ${mostCharacters} characters.`);
    // Its hash, so that no token of anybody stays in memory.
    const id = createHash('sha256').update(token).digest('base64');
    const existing = known.get(id);
    if (existing && existing.until > now()) return existing.principal;
    try {
      const { payload } = await jwtVerify(token, keyOf, { ...fixed, currentDate: new Date(now()) });
      const principal = principalOf(payload, options);
      known.set(id, { principal, until: Math.min(now() + keepMilliseconds, ((payload.exp ?? 0) + clockToleranceSeconds) * 1_000) });
      return principal;
    } catch (error) {
      throw refusalOf(error);
    }
  };
}

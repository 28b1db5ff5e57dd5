import { AuthenticationUnavailableError } from '@forge/auth';
import { createLocalJWKSet, createRemoteJWKSet, customFetch, type FetchImplementation, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';

export interface RemoteKeysOptions {
  logger: Pick<Logger, 'warn'>;
  /** How long a fetch may take. Default 3 seconds. */
  timeoutMilliseconds?: number;
  /** After a fetch, how long a key that is not among those fetched causes none. Default 30 seconds. */
  cooldownMilliseconds?: number;
  /** After a fetch that failed, how long there is no other. Default 2 seconds. */
  retryMilliseconds?: number;
  /** How old keys are when they are fetched anew, while they go on being used. Default 10 minutes. */
  refreshMilliseconds?: number;
  /** How old keys are when they are used no more: for as long the issuer may be away. Default an hour. */
  keepMilliseconds?: number;
}

/**
 * The keys that an issuer publishes at `url` (RFC 7517, section 5), fetched when first needed and when a token names one that
 * is not known yet. Throws AuthenticationUnavailableError when they cannot be had.
 */
export function remoteKeys(url: URL, options: RemoteKeysOptions): JWTVerifyGetKey {
  const { logger, timeoutMilliseconds = 3_000, cooldownMilliseconds = 30_000, retryMilliseconds = 2_000, refreshMilliseconds = 600_000, keepMilliseconds = 3_600_000 } = options;
  let fetchedAt = 0;
  let failed: { error: AuthenticationUnavailableError; until: number } | undefined;

  const load: FetchImplementation = async (...request) => {
    if (failed && failed.until > Date.now()) throw failed.error;
    try {
      const keys = await fetchKeys(...request);
      [failed, fetchedAt] = [undefined, Date.now()];
      return Response.json(keys);
    } catch (cause) {
      logger.warn({ err: cause, url: url.href }, 'the keys that tokens are signed with could not be fetched');
      failed = { error: new AuthenticationUnavailableError('Whether this token is good cannot be told at the moment. Try again.', { cause }), until: Date.now() + retryMilliseconds };
      throw failed.error;
    }
  };
  const keys = createRemoteJWKSet(url, { timeoutDuration: timeoutMilliseconds, cooldownDuration: cooldownMilliseconds, cacheMaxAge: keepMilliseconds, [customFetch]: load });

  return async (header, token) => {
    const behind = keys.fresh && fetchedAt + refreshMilliseconds < Date.now() && !keys.reloading;
    // Nobody waits for it; that it failed is in the log.
    if (behind) void keys.reload().catch(() => undefined);
    return keys(header, token);
  };
}

async function fetchKeys(...[url, init]: Parameters<FetchImplementation>): Promise<JSONWebKeySet> {
  const response = await fetch(url, init);
  if (response.status !== 200) throw new Error(`${url} answered with status ${response.status}`);
  const keys = await response.json() as JSONWebKeySet;
  // Throws when it is no set of keys.
  createLocalJWKSet(keys);
  return keys;
}

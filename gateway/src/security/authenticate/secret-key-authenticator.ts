import { hashSecretKey, UnauthenticatedError, type Principal, type SecretKeyPrefix } from '@forge/auth';
import { rememberBriefly, type BriefMemoryOptions } from './brief-memory.ts';
import type { Credential, LookUpCredential } from './credential-lookup.ts';
import { knownScopes } from './known-scopes.ts';

const kinds = { API_KEY: 'apiKey', GATEWAY: 'gateway' } as const;
const prefixes = { forge_sk_: 'apiKey', forge_gt_: 'gateway' } as const;

/** Who brings an API key or gateway token, which begins with `prefix`; throws UnauthenticatedError when it is not good. */
export type AuthenticateSecretKey = (key: string, prefix: SecretKeyPrefix) => Promise<Principal>;

export function secretKeyAuthenticator(lookUp: LookUpCredential, options?: BriefMemoryOptions): AuthenticateSecretKey {
  const find = rememberBriefly(async (hash, signal) => {
    const credential = await lookUp(hash, signal);
    return credential && holderOf(credential);
  }, options);

  return async (key, prefix) => {
    const holder = await find(hashSecretKey(key));
    // Which of the two makes no difference to whoever tries keys out.
    if (holder?.principal.kind !== prefixes[prefix]) throw new UnauthenticatedError('This key is not known here, or was revoked, or has expired.');
    return holder.principal;
  };
}

function holderOf({ orgId, subject, kind, scopes, expiresAt }: Credential) {
  const principal: Principal = Object.freeze({ orgId, subject, kind: kinds[kind], scopes: knownScopes(scopes) });
  return { principal, expiresAt: expiresAt === null ? Infinity : Date.parse(expiresAt) };
}

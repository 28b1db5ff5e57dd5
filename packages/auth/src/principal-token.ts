import { exportPKCS8, exportSPKI, generateKeyPair as generate, importPKCS8, importSPKI, jwtVerify, SignJWT } from 'jose';
import type { Principal } from './principal.ts';

// RFC 8037: EdDSA in JOSE. A token lives for a minute at most, so nothing has to be revoked.
const algorithm = 'EdDSA';
const issuer = 'forge-gateway';
const lifetimeSeconds = 60;
const reuseMilliseconds = 30_000;

/** A token that is not the gateway's, not for this subgraph, or too old. */
export class UnauthenticatedError extends Error {
  override readonly name = 'UnauthenticatedError';
}

/** A new Ed25519 pair as PEM, the private half in PKCS #8, the public one in SPKI. */
export async function generateKeyPair(): Promise<{ privateKey: string; publicKey: string }> {
  const pair = await generate(algorithm, { extractable: true });
  return { privateKey: await exportPKCS8(pair.privateKey), publicKey: await exportSPKI(pair.publicKey) };
}

export type PrincipalSigner = (principal: Principal, audience: string) => Promise<string>;
export type PrincipalVerifier = (token: string, audience: string) => Promise<Principal>;

/** Signs tokens that tell one subgraph, the `audience`, who is asking. A token is used again for half its life. */
export async function createPrincipalSigner(privateKey: string): Promise<PrincipalSigner> {
  const key = await importPKCS8(privateKey, algorithm);
  const made = new Map<string, { token: Promise<string>; until: number }>();
  return (principal, audience) => {
    const id = JSON.stringify([principal, audience]);
    const existing = made.get(id);
    if (existing && existing.until > Date.now()) return existing.token;
    for (const [other, { until }] of made) if (until <= Date.now()) made.delete(other);
    const { orgId, subject, kind, scopes } = principal;
    const token = new SignJWT({ orgId, kind, scopes }).setProtectedHeader({ alg: algorithm }).setIssuer(issuer).setSubject(subject)
      .setAudience(audience).setIssuedAt().setExpirationTime(`${lifetimeSeconds}s`).sign(key);
    made.set(id, { token, until: Date.now() + reuseMilliseconds });
    return token;
  };
}

/** Reads such tokens; throws UnauthenticatedError for any other. */
export async function createPrincipalVerifier(publicKey: string): Promise<PrincipalVerifier> {
  const key = await importSPKI(publicKey, algorithm);
  return async (token, audience) => {
    try {
      const { payload } = await jwtVerify(token, key, { issuer, audience, algorithms: [algorithm], maxTokenAge: `${lifetimeSeconds}s` });
      const { orgId, sub, kind, scopes } = payload as { orgId: string; sub: string; kind: Principal['kind']; scopes: string[] };
      return { orgId, subject: sub, kind, scopes };
    } catch (error) {
      throw new UnauthenticatedError('not a token of the gateway for this subgraph', { cause: error });
    }
  };
}

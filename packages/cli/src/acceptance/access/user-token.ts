import type { Principal } from '@forge/auth';
import { generateKeyPairSync, sign } from 'node:crypto';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A JWT as an identity provider makes it for a person: the gateway would understand it. */
export function userToken({ orgId, subject, scopes }: Principal): string {
  const seconds = Math.floor(Date.now() / 1_000);
  const claims = { iss: 'https://login.test', aud: 'forge', sub: subject, org_id: orgId, scope: scopes.join(' '), iat: seconds, exp: seconds + 60 };
  const signed = `${encoded({ alg: 'RS256', kid: 'a' })}.${encoded(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

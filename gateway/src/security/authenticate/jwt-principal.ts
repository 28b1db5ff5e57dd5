import { UnauthenticatedError, type Principal } from '@forge/auth';
import type { JWTPayload } from 'jose';
import type { JwtOptions } from './jwt-options.ts';
import { knownScopes } from './known-scopes.ts';

/** Who the claims of a verified token are about; throws UnauthenticatedError when they leave that open. */
export function principalOf(claims: JWTPayload, { orgClaim, scopeClaim }: Pick<JwtOptions, 'orgClaim' | 'scopeClaim'>): Principal {
  const subject = nameIn(claims, 'sub', 'does not say whom it is about');
  const orgId = nameIn(claims, orgClaim, 'names no organisation');
  return Object.freeze({ orgId, subject, kind: 'user', scopes: knownScopes(scopesIn(claims, scopeClaim)) });
}

const mostCharacters = 256;

function nameIn(claims: JWTPayload, claim: string, otherwise: string): string {
  const value = own(claims, claim);
  if (typeof value === 'string' && value !== '' && value.length <= mostCharacters) return value;
  throw new UnauthenticatedError(`The token ${otherwise}: it needs the claim "${claim}", a text of at most ${mostCharacters} characters.`);
}

/** RFC 8693, section 4.2, has one text with spaces; others write lists, and call it `scp`. */
function scopesIn(claims: JWTPayload, claim: string): readonly string[] {
  const value = own(claims, claim) ?? (claim === 'scope' ? own(claims, 'scp') : undefined) ?? [];
  if (typeof value === 'string') return value.split(' ');
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  throw new UnauthenticatedError(`The claim "${claim}" of the token must be a text, scopes with spaces between, or a list of texts.`);
}

function own(claims: JWTPayload, claim: string): unknown {
  return Object.hasOwn(claims, claim) ? claims[claim] : undefined;
}

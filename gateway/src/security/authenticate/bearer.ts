import type { IncomingHttpHeaders } from 'node:http';
import { UnauthenticatedError } from '@forge/auth';

// RFC 9110, section 11.1: the name of a scheme is case-insensitive, and one space or several follow.
const bearer = /^bearer +(\S+) *$/i;

/** The credential of `Authorization: Bearer <credential>` (RFC 6750, section 2.1); throws UnauthenticatedError when there is none. */
export function bearerCredential({ authorization }: IncomingHttpHeaders): string {
  if (authorization === undefined) throw new UnauthenticatedError('Say who is asking: this needs the header Authorization: Bearer, with an API key or a token.');
  const credential = bearer.exec(authorization)?.[1];
  if (credential === undefined) throw new UnauthenticatedError('The Authorization header must be Bearer with an API key or a token; other schemes are not understood.');
  return credential;
}

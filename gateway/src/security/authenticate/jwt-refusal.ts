import { AuthenticationUnavailableError, UnauthenticatedError } from '@forge/auth';
import { errors } from 'jose';

/** What to tell who brings a token that was refused with `error`: what helps the owner of a good token, and nothing to a forger. */
export function refusalOf(error: unknown): Error {
  if (error instanceof AuthenticationUnavailableError || error instanceof UnauthenticatedError) return error;
  return new UnauthenticatedError(messageFor(error), { cause: error });
}

// Claims are looked at when the signature has been found good, so these are told to nobody else.
const faults: Readonly<Record<string, string>> = {
  iss: 'The token is of an issuer that is not trusted here.',
  aud: 'The token is meant for somebody else: another audience is expected here.',
  nbf: 'The token is not valid yet.',
};

function messageFor(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.reason === 'missing' ? `The token has no claim "${error.claim}".` : faults[error.claim] ?? `The claim "${error.claim}" of the token is not acceptable.`;
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'The token is signed in a way that is not accepted here.';
  return 'This token is not one that is accepted here.';
}

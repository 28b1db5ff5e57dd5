import { prefixOfSecretKey, UnauthenticatedError } from '@forge/auth';
import type { Logger } from 'pino';
import { authenticateAsDemo, type Authenticate } from './authenticate.ts';
import { bearerCredential } from './bearer.ts';
import type { LookUpCredential } from './credential-lookup.ts';
import { jwtAuthenticator } from './jwt-authenticator.ts';
import type { JwtOptions } from './jwt-options.ts';
import { secretKeyAuthenticator } from './secret-key-authenticator.ts';

/** What FORGE_AUTH and its companions say. */
export type AuthOptions =
  /** Everybody is the demo organisation's administrator. */
  | { readonly kind: 'dev' }
  /** Whoever asks brings credentials: API keys and gateway tokens, JWTs, or either. */
  | { readonly kind: 'credentials'; readonly secretKeys: boolean; readonly jwt: JwtOptions | undefined };

export interface AuthenticatorParts {
  lookUpCredential: LookUpCredential;
  logger: Pick<Logger, 'warn'>;
}

const jwtForm = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** Finds out who is asking, by the credentials that `options` accept. */
export function createAuthenticator(options: AuthOptions, { lookUpCredential, logger }: AuthenticatorParts): Authenticate {
  if (options.kind === 'dev') return authenticateAsDemo;
  const bySecretKey = options.secretKeys ? secretKeyAuthenticator(lookUpCredential) : undefined;
  const byJwt = options.jwt && jwtAuthenticator(options.jwt, { logger });

  return async (headers) => {
    const credential = bearerCredential(headers);
    const prefix = prefixOfSecretKey(credential);
    if (prefix && bySecretKey) return bySecretKey(credential, prefix);
    if (byJwt && jwtForm.test(credential)) return byJwt(credential);
    throw new UnauthenticatedError(`The credential after Bearer is not ${acceptable(options)}.`);
  };
}

function acceptable({ secretKeys, jwt }: Extract<AuthOptions, { kind: 'credentials' }>): string {
  return [...(secretKeys ? ['an API key (forge_sk_…)', 'a token of a gateway (forge_gt_…)'] : []), ...(jwt ? ['a JWT'] : [])].join(', ').replace(/, ([^,]*)$/, ' or $1');
}

import { isLoopback } from '@forge/process';
import { z } from 'zod';
import type { AuthOptions } from '../security/authenticate/authenticator.ts';
import type { JwtOptions } from '../security/authenticate/jwt-options.ts';
import { readVerificationKey } from '../security/authenticate/verification-key.ts';

const ways = z.array(z.enum(['dev', 'apiKey', 'jwt'])).min(1);

const list = z.string().transform((text) => text.split(',').map((each) => each.trim()).filter((each) => each !== ''));

const kinds = list.refine((each) => ways.safeParse(each).success, 'must be dev, or apiKey, jwt or both by a comma').pipe(ways);

const several = (what: string) => list.refine(({ length }) => length > 0, `needs ${what}, or several by commas`);

const keyAddress = z.url({ protocol: /^https?$/, error: 'must be a URL with http or https' }).transform((url) => new URL(url))
  .refine(({ username, password }) => username === '' && password === '', 'must be a URL without user and password');

const key = z.string().transform((text, { addIssue }) => {
  try {
    return readVerificationKey(text);
  } catch (error) {
    addIssue((error as Error).message);
    return z.NEVER;
  }
});

const variables = z.object({
  NODE_ENV: z.string().optional(),
  FORGE_AUTH: kinds.optional(),
  FORGE_JWT_ISSUER: several('an issuer').optional(),
  FORGE_JWT_AUDIENCE: several('an audience').optional(),
  FORGE_JWKS_URL: keyAddress.optional(),
  FORGE_JWT_PUBLIC_KEY: key.optional(),
  FORGE_JWT_ORG_CLAIM: z.string().default('org_id'),
  FORGE_JWT_SCOPE_CLAIM: z.string().default('scope'),
});

type AuthVariables = z.output<typeof variables>;

/** How callers prove who they are. Join it to other variables with `z.intersection`: it holds more than its `shape`. */
export const authVariables = variables.superRefine((given, { addIssue }) => {
  for (const [variable, message] of faultsOf(given)) addIssue({ code: 'custom', path: [variable], message });
}, { when: () => true });

/** What the authenticator is made of. */
export function readAuth({ FORGE_AUTH: accepted = ['dev'], ...given }: AuthVariables): AuthOptions {
  if (accepted.includes('dev')) return { kind: 'dev' };
  return { kind: 'credentials', secretKeys: accepted.includes('apiKey'), jwt: accepted.includes('jwt') ? jwtOptions(given) : undefined };
}

function jwtOptions(given: Omit<AuthVariables, 'FORGE_AUTH'>): JwtOptions {
  const { FORGE_JWT_ISSUER: issuers, FORGE_JWT_AUDIENCE: audiences, FORGE_JWKS_URL: address, FORGE_JWT_PUBLIC_KEY: oneKey } = given;
  const keys = address ?? oneKey;
  if (!issuers || !audiences || !keys) throw new TypeError('these variables were not checked');
  return { issuers, audiences, keys, orgClaim: given.FORGE_JWT_ORG_CLAIM, scopeClaim: given.FORGE_JWT_SCOPE_CLAIM };
}

/** What is wrong with variables that are right one by one. What is not is there all the same, though not of its type. */
function* faultsOf(given: AuthVariables): Generator<[variable: keyof AuthVariables, message: string]> {
  const accepted = ways.safeParse(given.FORGE_AUTH ?? ['dev']).data ?? [];
  const production = given.NODE_ENV === 'production';
  if (production && given.FORGE_AUTH === undefined) {
    yield ['FORGE_AUTH', 'is not set; with NODE_ENV=production nobody is let in unasked, so say how callers prove who they are: apiKey, jwt or both by a comma'];
  } else if (production && accepted.includes('dev')) {
    yield ['FORGE_AUTH', 'dev makes every caller an administrator; it is not for NODE_ENV=production'];
  } else if (accepted.includes('dev') && accepted.length > 1) {
    yield ['FORGE_AUTH', 'dev makes every caller an administrator, so it goes with nothing else'];
  }
  if (accepted.includes('jwt')) yield* jwtFaultsOf(given);
  if (production && given.FORGE_JWKS_URL instanceof URL && !isSafe(given.FORGE_JWKS_URL)) {
    yield ['FORGE_JWKS_URL', 'must be https with NODE_ENV=production: whoever can change the keys on their way can be anybody'];
  }
}

function* jwtFaultsOf(given: AuthVariables): Generator<[variable: keyof AuthVariables, message: string]> {
  if (given.FORGE_JWT_ISSUER === undefined) yield ['FORGE_JWT_ISSUER', 'is not set; FORGE_AUTH=jwt needs to know whose tokens to believe'];
  if (given.FORGE_JWT_AUDIENCE === undefined) yield ['FORGE_JWT_AUDIENCE', 'is not set; FORGE_AUTH=jwt takes no tokens that were meant for others'];
  if (given.FORGE_JWKS_URL === undefined && given.FORGE_JWT_PUBLIC_KEY === undefined) {
    yield ['FORGE_JWKS_URL', 'is not set, nor is FORGE_JWT_PUBLIC_KEY; FORGE_AUTH=jwt needs one of them to verify tokens'];
  } else if (given.FORGE_JWKS_URL !== undefined && given.FORGE_JWT_PUBLIC_KEY !== undefined) {
    yield ['FORGE_JWT_PUBLIC_KEY', 'is set and so is FORGE_JWKS_URL; leave one of them out'];
  }
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || isLoopback(hostname.replace(/^\[(.*)\]$/, '$1'));
}

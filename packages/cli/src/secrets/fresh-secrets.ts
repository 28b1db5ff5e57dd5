import { generateKeyPair } from '@forge/auth';
import { domainUrl } from '@forge/database';
import { randomBytes } from 'node:crypto';

/** Environment variables and their values. */
export type Secrets = Readonly<Record<string, string>>;

export interface SecretsFor {
  /** The domains that have a database each. */
  readonly domains: readonly string[];
  /** A PostgreSQL's administrator, with the password. */
  readonly databaseUrl: string;
  /** Names the first key that secrets are encrypted with. */
  readonly now: Date;
}

/** With a password in the administrator's URL nothing is looked up in an installation's folder. */
const noHome = '';

/**
 * What the processes of an installation must know and nobody else may, made anew. The databases' URLs follow from the
 * administrator's: `forge db migrate`, which is given that one alone, makes each domain the role that they name.
 */
export async function freshSecrets({ domains, databaseUrl, now }: SecretsFor): Promise<Secrets> {
  const { privateKey, publicKey } = await generateKeyPair();
  return {
    DATABASE_URL: databaseUrl,
    ...Object.fromEntries(domains.map((domain) => [`DATABASE_URL_${domain.toUpperCase()}`, domainUrl(databaseUrl, domain, noHome)])),
    FORGE_GATEWAY_PRIVATE_KEY: privateKey,
    FORGE_GATEWAY_PUBLIC_KEY: publicKey,
    FORGE_EVENT_SECRETS: randomBytes(32).toString('base64'),
    FORGE_SECRET_KEYS: `${now.toISOString().slice(0, 10)}:${randomBytes(32).toString('base64url')}`,
  };
}

/** A password that needs no escaping, neither in a URL nor in a file. */
export function freshPassword(): string {
  return randomBytes(24).toString('base64url');
}

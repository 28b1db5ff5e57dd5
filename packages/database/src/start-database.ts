import { OperatorError, readConfig, type Environment } from '@forge/config';
import { join } from 'node:path';
import { z } from 'zod';
import { startEmbedded } from './embedded/server.ts';
import { domainUrl, provisionDomain } from './provision.ts';
import { isDatabaseUrl, withoutPassword } from './urls.ts';
import { withClient } from './with-client.ts';

export interface Database {
  /** The URL that may create databases and roles; undefined when every domain brings its own and `DATABASE_URL` is not set. */
  readonly url: string | undefined;
  /** The URL of a domain's database under the domain's own role, both made when they are not there. */
  urlFor(domain: string): Promise<string>;
  /** Ends what was started here: the embedded server. A database by URL stays as it is. */
  stop(): Promise<void>;
}

export interface DatabaseOptions {
  env: Environment;
  /** The folder in which `.forge/` lies. */
  projectDir: string;
  /** The domains that will be asked for; with a URL for each of them nothing is started. */
  domains: readonly string[];
}

/** `DATABASE_URL` and `DATABASE_URL_<DOMAIN>`. */
type DatabaseVariables = Readonly<Record<string, string | undefined>>;

const oldestVersion = 15;

/**
 * The databases of the platform: PostgreSQL by `DATABASE_URL` or `DATABASE_URL_<DOMAIN>` where they are set, else the
 * embedded server under `.forge/postgres`. Throws OperatorError, with the URL less its password, when there is none.
 */
export async function startDatabase({ env, projectDir, domains }: DatabaseOptions): Promise<Database> {
  const { DATABASE_URL: given, ...ownUrls } = readConfig(databaseVariables(domains), env);
  for (const each of new Set([given, ...Object.values(ownUrls)])) if (each) await checkUsable(each);

  const everyDomainBringsOne = domains.every((domain) => ownUrls[variableOf(domain)]);
  const home = join(projectDir, '.forge');
  const embedded = given || everyDomainBringsOne ? undefined : await startEmbedded({ home: join(home, 'postgres') });
  const url = given ?? embedded?.url;
  return {
    url,
    async urlFor(domain) {
      const own = ownUrls[variableOf(domain)];
      if (own) return own;
      if (!url) throw new OperatorError(`${variableOf(domain)}: is not set, and neither is DATABASE_URL`);
      await provisionDomain(url, domain, home);
      return domainUrl(url, domain, home);
    },
    async stop() {
      await embedded?.stop();
    },
  };
}

/** The variables of the environment that name databases, for a program that checks them together with its own. */
export function databaseVariables(domains: readonly string[]): z.ZodType<DatabaseVariables> {
  const url = z.string().refine(isDatabaseUrl, 'must be a URL such as postgres://user:password@host:5432/database, the characters : / ? # @ % of the password as %3A %2F %3F %23 %40 %25').optional();
  return z.object({ DATABASE_URL: url, ...Object.fromEntries(domains.map((domain) => [variableOf(domain), url])) });
}

function variableOf(domain: string): string {
  return `DATABASE_URL_${domain.toUpperCase()}`;
}

async function checkUsable(url: string): Promise<void> {
  try {
    const { rows } = await withClient(url, (client) => client.query<{ server_version_num: string }>('SHOW server_version_num'));
    const version = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
    if (version < oldestVersion) throw new Error(`it is PostgreSQL ${version}; ${oldestVersion} or newer is needed`);
  } catch (error) {
    throw new OperatorError(`No usable database at ${withoutPassword(url)}: ${reason(error)}`);
  }
}

/** A host with several addresses fails with the errors of all of them, and no message of its own. */
function reason(error: unknown): string {
  const { errors: [first] = [error] } = error as { errors?: unknown[] };
  const { message } = first as Error;
  return message.endsWith('client password must be a string') ? 'it asks for a password, and the URL has none' : message;
}

import { OperatorError, readConfig, type Environment } from '@forge/config';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { startEmbedded } from './embedded/server.ts';
import { domainUrl, provisionDomain } from './provision.ts';
import { withoutPassword } from './urls.ts';

export interface Database {
  /** The URL that may create databases and roles; undefined when every domain brings its own. */
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

const oldestVersion = 15;

/**
 * The databases of the platform: PostgreSQL by `DATABASE_URL` or `DATABASE_URL_<DOMAIN>` where they are set, else the
 * embedded server under `.forge/postgres`. Throws OperatorError, with the URL less its password, when there is none.
 */
export async function startDatabase({ env, projectDir, domains }: DatabaseOptions): Promise<Database> {
  const { DATABASE_URL: given, ...own } = readConfig(urlsOf(domains), env);
  const ownUrls = own as Record<string, string | undefined>;
  const everyDomainBringsOne = domains.every((domain) => ownUrls[variableOf(domain)]);
  const home = join(projectDir, '.forge');
  const embedded = given || everyDomainBringsOne ? undefined : await startEmbedded({ home: join(home, 'postgres') });
  const url = given ?? embedded?.url;

  for (const each of new Set([url, ...Object.values(ownUrls)])) if (each) await checkReachable(each);
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

function urlsOf(domains: readonly string[]) {
  const url = z.string().regex(/^postgres(ql)?:\/\//, 'must be a URL that begins with postgres://').optional();
  return z.object({ DATABASE_URL: url, ...Object.fromEntries(domains.map((domain) => [variableOf(domain), url])) });
}

function variableOf(domain: string): string {
  return `DATABASE_URL_${domain.toUpperCase()}`;
}

async function checkReachable(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A connection that dies is reported by the statement on it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    const version = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
    if (version < oldestVersion) throw new Error(`it is PostgreSQL ${version}; ${oldestVersion} or newer is needed`);
  } catch (error) {
    throw new OperatorError(`No usable database at ${withoutPassword(url)}: ${reason(error)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** An AggregateError, from a host with several addresses, has no message of its own. */
function reason(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message : String(first);
}

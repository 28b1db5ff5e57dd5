import { OperatorError } from '@forge/config';
import { createHmac } from 'node:crypto';
import pg from 'pg';
import { secretIn } from './secret.ts';
import { urlOf, withoutPassword } from './urls.ts';
import { withClient } from './with-client.ts';

/**
 * Makes the domain's database `forge_<domain>` and its role of the same name, where they are not there yet. Nobody but
 * that role (and superusers) can connect to it. Two processes may do this at once: an advisory lock orders them.
 * Throws OperatorError when the administrator may not.
 */
export async function provisionDomain(adminUrl: string, domain: string, home: string): Promise<void> {
  const role = roleOf(domain);
  try {
    await withClient(adminUrl, (client) => provision(client, role, passwordOf(adminUrl, role, home)));
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== insufficientPrivilege) throw error;
    throw new OperatorError(`${withoutPassword(adminUrl)} may not make the database and the role ${role}: ${error.message}. Its user needs CREATEDB and CREATEROLE.`);
  }
}

const insufficientPrivilege = '42501';

async function provision(client: pg.Client, role: string, password: string): Promise<void> {
  await client.query(`SELECT pg_advisory_lock(hashtext('forge provision'))`);
  const { rows: [there] } = await client.query<{ role: boolean; database: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role, EXISTS (SELECT FROM pg_database WHERE datname = $1) AS database`,
    [role],
  );
  // Of a role that is there only the password: attributes, even those it has, are for superusers to set.
  await client.query(`${there?.role ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
  if (!there?.database) {
    // On PostgreSQL 16 and newer an administrator who is not superuser must be a member to give a role something.
    await client.query(`GRANT ${role} TO CURRENT_USER`);
    await client.query(`CREATE DATABASE ${role} OWNER ${role}`);
  }
  await client.query(`REVOKE ALL ON DATABASE ${role} FROM PUBLIC`);
}

/** The URL of the domain's database under the domain's role. */
export function domainUrl(adminUrl: string, domain: string, home: string): string {
  const role = roleOf(domain);
  return urlOf(adminUrl, role, { name: role, password: passwordOf(adminUrl, role, home) });
}

/** The name stands in SQL as it is; PostgreSQL cuts names at 63 characters. */
function roleOf(domain: string): string {
  if (/^[a-z][a-z0-9_]{0,56}$/.test(domain)) return `forge_${domain}`;
  throw new OperatorError(`"${domain}" cannot name a database: a domain's name has up to 57 of a-z, 0-9 and _, a letter first`);
}

/**
 * Derived, so that there is nothing to keep: HMAC-SHA256 of the role under the administrator's password. Where the
 * administrator has none (trust or peer authentication), under a secret kept in `.forge/secret`.
 */
function passwordOf(adminUrl: string, role: string, home: string): string {
  const { password, searchParams } = new URL(adminUrl);
  const key = password || searchParams.get('password') || secretIn(home);
  return createHmac('sha256', key).update(role).digest('base64url');
}

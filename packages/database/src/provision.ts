import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { urlOf } from './urls.ts';

/**
 * Makes the domain's database `forge_<domain>` and its role of the same name, where they are not there yet. Nobody but
 * that role (and superusers) can connect to it. Two processes may do this at once: an advisory lock orders them.
 */
export async function provisionDomain(adminUrl: string, domain: string, home: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const role = roleOf(domain);
    const password = client.escapeLiteral(passwordOf(adminUrl, role, home));
    await client.query(`SELECT pg_advisory_lock(hashtext('forge provision'))`);
    const { rows: [there] } = await client.query<{ role: boolean; database: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role, EXISTS (SELECT FROM pg_database WHERE datname = $1) AS database`,
      [role],
    );
    await client.query(`${there?.role ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${password}`);
    if (!there?.database) {
      // On PostgreSQL 16 and newer an administrator who is not superuser must be a member to give a role something.
      await client.query(`GRANT ${role} TO CURRENT_USER`);
      await client.query(`CREATE DATABASE ${role} OWNER ${role}`);
    }
    await client.query(`REVOKE ALL ON DATABASE ${role} FROM PUBLIC`);
  } finally {
    await client.end();
  }
}

/** The URL of the domain's database under the domain's role. */
export function domainUrl(adminUrl: string, domain: string, home: string): string {
  const role = roleOf(domain);
  return urlOf(adminUrl, role, { name: role, password: passwordOf(adminUrl, role, home) });
}

function roleOf(domain: string): string {
  return `forge_${domain}`;
}

/**
 * Derived, so that there is nothing to keep: HMAC-SHA256 of the role under the administrator's password. Where the
 * administrator has none (trust or peer authentication), under a secret kept in `.forge/secret`.
 */
function passwordOf(adminUrl: string, role: string, home: string): string {
  const key = new URL(adminUrl).password || secretIn(home);
  return createHmac('sha256', key).update(role).digest('base64url');
}

function secretIn(home: string): string {
  const file = join(home, 'secret');
  if (!existsSync(file)) {
    mkdirSync(home, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  }
  return readFileSync(file, 'utf8');
}

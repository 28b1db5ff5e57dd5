import { urlOf } from '@forge/database';
import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export function templateOf(domain: string): string {
  return `template_${domain}`;
}

/** The administrator's URL of the run's PostgreSQL. */
export function testServerUrl(): string {
  const url = process.env['FORGE_TEST_DATABASE_URL'];
  if (!url) throw new Error('no test server: these tests run under jest.config.js, which starts one');
  return url;
}

/** A database of a test's own with all of a domain's tables, empty. */
export async function createTestDatabase(domain: string): Promise<TestDatabase> {
  const name = `test_${domain}_${randomBytes(6).toString('hex')}`;
  await administer(`CREATE DATABASE ${name} TEMPLATE ${templateOf(domain)}`);
  return { url: urlOf(testServerUrl(), name), drop: () => administer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: testServerUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

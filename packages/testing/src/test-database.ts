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
export function createTestDatabase(domain: string): Promise<TestDatabase> {
  return createDatabase(templateOf(domain));
}

/** A database of a test's own with what `ddl` makes. */
export async function createDatabaseWith(ddl: string): Promise<TestDatabase> {
  const database = await createDatabase('template1');
  await run(database.url, ddl);
  return database;
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await run(testServerUrl(), `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return { url: urlOf(testServerUrl(), name), drop: () => run(testServerUrl(), `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function run(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}

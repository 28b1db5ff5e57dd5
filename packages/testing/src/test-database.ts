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
  await runSql(database.url, ddl);
  return database;
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runSql(testServerUrl(), `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: urlOf(testServerUrl(), name),
    drop: async () => {
      await runSql(testServerUrl(), `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** Runs SQL on a connection of its own, and answers the rows of its last statement. */
export async function runSql<R extends pg.QueryResultRow>(url: string, text: string, values?: unknown[]): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(text, values)).rows;
  } finally {
    await client.end();
  }
}

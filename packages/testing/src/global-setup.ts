import { migrate, startThrowAway, urlOf } from '@forge/database';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { templateOf } from './test-database.ts';

declare global {
  // Jest runs set-up and tear-down in one process, and hands nothing from one to the other.
  var stopTestServer: (() => Promise<void>) | undefined;
}

/** Starts one throw-away PostgreSQL for the whole run, with a migrated template database for each domain. */
export default async function setUp(): Promise<void> {
  const server = await startThrowAway();
  globalThis.stopTestServer = server.stop;
  process.env['FORGE_TEST_DATABASE_URL'] = server.url;
  try {
    await makeTemplates(server.url);
  } catch (error) {
    // Jest tears nothing down when the set-up fails.
    await server.stop();
    throw error;
  }
}

async function makeTemplates(serverUrl: string): Promise<void> {
  const prisma = join(import.meta.dirname, '../../../prisma');
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  for (const domain of readdirSync(prisma)) {
    const schemaDir = join(prisma, domain);
    if (!existsSync(join(schemaDir, 'migrations'))) continue;
    await admin.query(`CREATE DATABASE ${templateOf(domain)}`);
    await migrate({ url: urlOf(serverUrl, templateOf(domain)), domain, schemaDir });
  }
  await admin.end();
}

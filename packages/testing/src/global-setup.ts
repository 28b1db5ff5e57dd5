import { migrate, startEmbedded, urlOf } from '@forge/database';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { templateOf } from './test-database.ts';

declare global {
  // Jest runs set-up and tear-down in one process, and hands nothing from one to the other.
  var stopTestServer: (() => Promise<void>) | undefined;
}

/** Starts one throw-away PostgreSQL for the whole run, with a migrated template database for each domain. */
export default async function setUp(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'forge-test-'));
  // As root the server runs under another account, which must be able to enter.
  chmodSync(folder, 0o755);
  const server = await startEmbedded({ home: join(folder, 'postgres'), throwAway: true });
  globalThis.stopTestServer = async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  };
  process.env['FORGE_TEST_DATABASE_URL'] = server.url;

  const prisma = join(import.meta.dirname, '../../../prisma');
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  for (const domain of readdirSync(prisma)) {
    const schemaDir = join(prisma, domain);
    if (!existsSync(join(schemaDir, 'migrations'))) continue;
    await admin.query(`CREATE DATABASE ${templateOf(domain)}`);
    await migrate({ url: urlOf(server.url, templateOf(domain)), domain, schemaDir });
  }
  await admin.end();
}

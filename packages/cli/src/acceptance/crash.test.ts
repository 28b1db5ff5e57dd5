import { startEmbedded, urlOf, type EmbeddedServer } from '@forge/database';
import { runSql } from '@forge/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string;
let server: EmbeddedServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'forge-crash-'));
  chmodSync(folder, 0o755);
  server = await startEmbedded({ home: join(folder, 'postgres') });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function startSeed() {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts'), 'seed'], { env: { DATABASE_URL: server.url }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const ended = once(child, 'close');
  const said = (word: string) => new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(word)) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('close', () => reject(new Error(`ended before it said ${word}: ${output}`)));
  });
  return { child, ended, said };
}

/** Ends the seeding process and the database server as a power cut would, and starts the server again. */
async function killEverythingAfter(word: string): Promise<void> {
  const { child, ended, said } = startSeed();
  await said(word);
  const [file] = await runSql<{ pid: string }>(server.url, `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid`);
  process.kill(Number(file?.pid), 'SIGKILL');
  child.kill('SIGKILL');
  await ended;
  server = await startEmbedded({ home: join(folder, 'postgres') });
}

const ask = async (domain: string, sql: string) => (await runSql<Record<string, string>>(urlOf(server.url, `forge_${domain}`), sql))[0];

test('killed twice in the middle of seeding, database and all, the next start finds or makes all of the data', async () => {
  await killEverythingAfter('Making demo data');
  await killEverythingAfter('agents: ');
  expect(await ask('analytics', 'SELECT count(*) FROM "tokenEvents"')).toEqual({ count: '0' });

  const { said, ended } = startSeed();
  await said('workflow: ');
  expect(await ended).toEqual([0, null]);
  expect(await ask('workflow', 'SELECT count(*) FROM "workflowRuns"')).toEqual({ count: '2200' });
  const totals = await ask('workflow', 'SELECT sum("costCents") AS cents, sum("inputTokens") AS tokens FROM "stepResults"');
  expect(await ask('analytics', 'SELECT sum("costCents") AS cents, sum("inputTokens") AS tokens FROM "tokenEvents"')).toEqual(totals);
  expect(await ask('analytics', `SELECT sum("costCents") AS cents, sum("inputTokens") AS tokens FROM "costAggregates" WHERE "scopeType" = 'GLOBAL'`)).toEqual(totals);
}, 300_000);

test('seeding once more changes nothing and says so', async () => {
  const { said, ended } = startSeed();
  await said('The demo data is there already');
  expect(await ended).toEqual([0, null]);
}, 120_000);

import { createDatabaseWith, runSql, testServerUrl } from '@forge/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aSchemaFolder, type SchemaFolder } from '../fixture/schema-folder.ts';
import { writeMigration } from './diff.ts';
import { migrate } from './migrate.ts';

const now = new Date('2026-01-31T23:59:59Z');
let folder: SchemaFolder;
beforeEach(() => (folder = aSchemaFolder()));
afterEach(() => folder.remove());

async function write(name: string): Promise<{ file: string; sql: string } | undefined> {
  const path = await writeMigration({ url: testServerUrl(), schemaDir: folder.schemaDir, name, now });
  return path ? { file: path.slice(folder.schemaDir.length), sql: readFileSync(path, 'utf8').trim() } : undefined;
}

test('the first migration makes the tables, the next one what has changed, and without a change there is none', async () => {
  folder.model('Run', 'model Run {\n  id String @id\n}\n');
  expect(await write('first_tables')).toEqual({ file: '/migrations/20260131235959_first_tables/migration.sql', sql: expect.stringContaining('CREATE TABLE "Run"') });

  folder.model('Run', 'model Run {\n  id String @id\n  priority Int @default(0)\n}\n');
  const next = await write('add_priority');
  expect(next?.sql).toBe('-- AlterTable\nALTER TABLE "Run" ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0;');
  expect(await write('again')).toBeUndefined();
});

test('a migration comes after the newest, also by a clock that is behind', async () => {
  folder.migration('20270101000000_from_the_future', '');
  folder.model('Run', 'model Run {\n  id String @id\n}\n');
  expect(await write('first_tables')).toMatchObject({ file: '/migrations/20270101000001_first_tables/migration.sql' });
});

test('a value taken from an enum is a migration that can be applied', async () => {
  folder.model('Run', 'model Run {\n  id String @id\n  status Status\n}\nenum Status {\n  OPEN\n  DONE\n  LOST\n}\n');
  await write('first_tables');
  folder.model('Run', 'model Run {\n  id String @id\n  status Status\n}\nenum Status {\n  OPEN\n  DONE\n}\n');
  await write('nothing_is_lost');
  const database = await createDatabaseWith('');
  await migrate({ url: database.url, domain: 'workflow', schemaDir: folder.schemaDir });
  expect(await runSql(database.url, 'SELECT unnest(enum_range(NULL::"Status"))::text AS value')).toEqual([{ value: 'OPEN' }, { value: 'DONE' }]);
  await database.drop();
});

test.each(['Add Priority', 'add-priority', '../elsewhere', ''])('"%s" is refused as a name', async (name) => {
  await expect(write(name)).rejects.toMatchObject({ name: 'OperatorError', message: expect.stringContaining(`"${name}" is not a name for a migration: use snake_case`) });
});

test('the snapshot that the next diff starts from is the schema in one file', async () => {
  folder.model('Run', 'model Run {\n  id String @id\n}\n');
  folder.model('Step', 'model Step {\n  id String @id\n}\n');
  await write('first_tables');
  expect(readFileSync(join(folder.schemaDir, 'migrations/schema.snapshot'), 'utf8').match(/^(datasource|model) \w+/gm)).toEqual(['datasource db', 'model Run', 'model Step']);
});

import { createDatabaseWith, type TestDatabase } from '@forge/testing';
import { aSchemaFolder, type SchemaFolder } from '../fixture/schema-folder.ts';
import { migrate } from './migrate.ts';
import { missingMigrations } from './missing.ts';

let database: TestDatabase;
let folder: SchemaFolder;
beforeEach(async () => {
  database = await createDatabaseWith('');
  folder = aSchemaFolder();
  folder.migration('20260101000000_first', 'CREATE TABLE runs (id int);');
  folder.migration('20260102000000_second', 'CREATE TABLE steps ();');
});
afterEach(async () => {
  await database.drop();
  folder.remove();
});

const missing = () => missingMigrations(database.url, folder.schemaDir);
const run = () => migrate({ url: database.url, domain: 'workflow', schemaDir: folder.schemaDir });

test('an empty database lacks all migrations, one that was brought up to date none', async () => {
  expect(await missing()).toEqual(['20260101000000_first', '20260102000000_second']);
  await run();
  expect(await missing()).toEqual([]);
});

test('one that failed is missing still', async () => {
  folder.migration('20260102000000_second', 'CREATE TABLE steps (); CREATE TABLE steps ();');
  await expect(run()).rejects.toThrow('a migration failed');
  expect(await missing()).toEqual(['20260102000000_second']);
});

test('a database that is ahead of the files lacks nothing', async () => {
  await run();
  folder.removeMigration('20260102000000_second');
  expect(await missing()).toEqual([]);
});

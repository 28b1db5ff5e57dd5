import { createDatabaseWith, runSql, type TestDatabase } from '@forge/testing';
import { setTimeout } from 'node:timers/promises';
import { aSchemaFolder, type SchemaFolder } from '../fixture/schema-folder.ts';
import { migrate } from './migrate.ts';

let database: TestDatabase;
let folder: SchemaFolder;
beforeEach(async () => {
  database = await createDatabaseWith('');
  folder = aSchemaFolder();
});
afterEach(async () => {
  await database.drop();
  folder.remove();
});

function run(onProgress?: (done: object) => void): Promise<string[]> {
  return migrate({ url: database.url, domain: 'workflow', schemaDir: folder.schemaDir, ...(onProgress && { onProgress }) });
}

async function tables(): Promise<string[]> {
  const rows = await runSql<{ name: string }>(database.url, `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname`);
  return rows.map(({ name }) => name).filter((name) => name !== '_prisma_migrations');
}

test('migrations are applied in order, each told of when it is in; the second time there is nothing to do', async () => {
  folder.migration('20260102000000_second', 'ALTER TABLE runs ADD COLUMN priority int;');
  folder.migration('20260101000000_first', 'CREATE TABLE runs (id int);');
  const told: object[] = [];
  expect(await run((done) => told.push(done))).toEqual(['20260101000000_first', '20260102000000_second']);
  expect(told).toEqual([
    { domain: 'workflow', name: '20260101000000_first', index: 1, of: 2, milliseconds: expect.any(Number) },
    { domain: 'workflow', name: '20260102000000_second', index: 2, of: 2, milliseconds: expect.any(Number) },
  ]);
  expect(await run()).toEqual([]);
});

test('migrations that come in between, from another branch, are applied one by one', async () => {
  folder.migration('20260101000000_first', 'CREATE TABLE a ();');
  folder.migration('20260103000000_third', 'CREATE TABLE c ();');
  await run();
  folder.migration('20260102000000_second', 'CREATE TABLE b ();');
  folder.migration('20260104000000_fourth', 'CREATE TABLE d ();');
  const told: object[] = [];
  await run((done) => told.push(done));
  expect(told).toMatchObject([{ name: '20260102000000_second', index: 1, of: 2 }, { name: '20260104000000_fourth', index: 2, of: 2 }]);
  expect(await tables()).toEqual(['a', 'b', 'c', 'd']);
});

test('a migration that fails half-way leaves nothing and names file, line and statement; mended, it is applied', async () => {
  folder.migration('20260101000000_first', 'CREATE TABLE runs (id int);');
  folder.migration('20260102000000_second', '-- AlterEnum\nBEGIN;\nCREATE TABLE steps ();\nCOMMIT;\n\n-- Costs\nALTER TABLE runs\n  ADD COLUMN cost money_of_account;\n');
  await expect(run()).rejects.toMatchObject({
    name: 'OperatorError',
    message: [
      'workflow: a migration failed and was rolled back.',
      `  ${folder.schemaDir}/migrations/20260102000000_second/migration.sql:8`,
      '  ALTER TABLE runs ADD COLUMN cost money_of_account',
      '  PostgreSQL says: type "money_of_account" does not exist',
    ].join('\n'),
  });
  expect(await tables()).toEqual(['runs']);

  folder.migration('20260102000000_second', 'CREATE TABLE steps ();');
  expect(await run()).toEqual(['20260102000000_second']);
  expect(await tables()).toEqual(['runs', 'steps']);
});

test('a fault in the data is told with the data', async () => {
  folder.migration('20260101000000_first', 'CREATE TABLE runs (id int);\nINSERT INTO runs VALUES (7), (7);\nALTER TABLE runs ADD PRIMARY KEY (id);');
  await expect(run()).rejects.toThrow(/migration\.sql:3\n {2}ALTER TABLE .*\n {2}PostgreSQL says: could not create unique index "runs_pkey" \(Key \(id\)=\(7\) is duplicated\.\)/);
});

test('a migration edited after it was applied is refused, and so is a database ahead of the files', async () => {
  folder.migration('20260101000000_first', 'CREATE TABLE runs (id int);');
  folder.migration('20260102000000_second', 'CREATE TABLE steps ();');
  await run();
  folder.migration('20260101000000_first', 'CREATE TABLE runs (id bigint);');
  await expect(run()).rejects.toThrow('workflow: 20260101000000_first was edited after it was applied');
  folder.migration('20260101000000_first', 'CREATE TABLE runs (id int);');
  folder.removeMigration('20260102000000_second');
  await expect(run()).rejects.toThrow('workflow: the database has migrations that are not among the files: 20260102000000_second');
});

test('of two that migrate at once one does it and the other finds it done', async () => {
  folder.migration('20260101000000_first', 'CREATE TABLE runs (); SELECT pg_sleep(0.3);');
  expect((await Promise.all([run(), run()])).flat()).toEqual(['20260101000000_first']);
});

test('a process killed during a migration hinders nobody afterwards', async () => {
  folder.migration('20260101000000_first', 'CREATE TABLE runs (); SELECT pg_sleep(30);');
  const killed = expect(run()).rejects.toThrow('workflow: a migration failed');
  const sleeping = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()`;
  while ((await runSql(database.url, sleeping)).length === 0) await setTimeout(20);
  await runSql(database.url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`);
  await killed;
  expect(await runSql(database.url, 'SELECT finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL')).toEqual([]);

  folder.migration('20260101000000_first', 'CREATE TABLE runs ();');
  expect(await run()).toEqual(['20260101000000_first']);
});

test('a function keeps the semicolons of its body', async () => {
  folder.migration('20260101000000_first', [
    'CREATE TABLE runs (id int, note text);',
    `CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := 'a;b'; -- ; here too\n RETURN NEW; END $$;`,
    'CREATE TRIGGER stamp BEFORE INSERT ON runs FOR EACH ROW EXECUTE FUNCTION stamp();',
  ].join('\n'));
  await run();
  expect(await runSql(database.url, 'INSERT INTO runs VALUES (1) RETURNING note')).toEqual([{ note: 'a;b' }]);
});

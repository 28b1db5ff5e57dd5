import { runSql, testServerUrl } from '@forge/testing';
import { aSchemaFolder, type SchemaFolder } from '../fixture/schema-folder.ts';
import { writeMigration } from './diff.ts';
import { checkDrift } from './drift.ts';

const adminUrl = testServerUrl();
let folder: SchemaFolder;
beforeEach(async () => {
  folder = aSchemaFolder();
  folder.model('Run', 'model Run {\n  id String @id\n  name String\n  status Status @default(OPEN)\n  parentId String?\n  parent Run? @relation("parent", fields: [parentId], references: [id])\n  children Run[] @relation("parent")\n\n  @@index([name])\n}\nenum Status {\n  OPEN\n  DONE\n}\n');
  await writeMigration({ url: adminUrl, schemaDir: folder.schemaDir, name: 'first_tables', now: new Date('2026-01-01T00:00:00Z') });
});
afterEach(() => folder.remove());

const drift = () => checkDrift({ adminUrl, domain: 'workflow', schemaDir: folder.schemaDir });

test('there is none when the files and the migrations agree, and nothing of the check stays', async () => {
  expect(await drift()).toEqual([]);
  expect(await runSql(adminUrl, `SELECT datname FROM pg_database WHERE datname LIKE 'forge_drift_%'`)).toEqual([]);
});

test('a schema that is ahead of its migrations is one sentence, with what to do', async () => {
  folder.model('Step', 'model Step {\n  id String @id\n}\n');
  expect(await drift()).toEqual(['workflow: the schema files have changed since the newest migration; write the next with: pnpm forge db diff workflow <name>']);
});

test('every column, default, enum, key and index on which they differ is a sentence', async () => {
  folder.migration('20260102000000_altered', [
    'ALTER TABLE "Run" ALTER COLUMN "name" DROP NOT NULL, ALTER COLUMN "status" SET DEFAULT \'DONE\', ADD COLUMN "extra" int, DROP CONSTRAINT "Run_parentId_fkey", DROP CONSTRAINT "Run_pkey";',
    `ALTER TYPE "Status" ADD VALUE 'LOST';`,
    'DROP INDEX "Run_name_idx";',
  ].join('\n'));
  expect((await drift()).sort()).toEqual([
    'workflow: the migrations have column "Run"."extra" integer; the schema files do not',
    'workflow: the migrations have column "Run"."name" text; the schema files do not',
    'workflow: the migrations have enum "Status" of OPEN, DONE, LOST; the schema files do not',
    'workflow: the schema files have column "Run"."name" text NOT NULL; the migrations do not',
    'workflow: the schema files have default of "Run"."status": \'OPEN\'::"Status"; the migrations do not',
    'workflow: the schema files have enum "Status" of OPEN, DONE; the migrations do not',
    'workflow: the schema files have index on "Run" (name); the migrations do not',
    'workflow: the schema files have on "Run": FOREIGN KEY ("parentId") REFERENCES "Run"(id) ON UPDATE CASCADE ON DELETE SET NULL; the migrations do not',
    'workflow: the schema files have primary key on "Run" (id); the migrations do not',
  ]);
});

test('what only SQL can say is for the migrations to add', async () => {
  folder.migration('20260102000000_by_hand', [
    'CREATE UNIQUE INDEX ON "Run" ("name") WHERE "status" = \'OPEN\';',
    'CREATE INDEX ON "Run" (lower("name"));',
    'ALTER TABLE "Run" ALTER COLUMN "name" SET DEFAULT random()::text, ADD CHECK ("name" <> \'\');',
  ].join('\n'));
  expect(await drift()).toEqual([]);
});

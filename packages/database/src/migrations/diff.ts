import { OperatorError } from '@forge/config';
import type { DiffTarget } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine, type SchemaEngine } from './engine.ts';
import { migrationNames, schemaFiles, snapshotFile } from './files.ts';
import { rowTriggers } from './row-triggers.ts';

/** The SQL from one schema to another; empty when they say the same. */
export async function diffSql(engine: SchemaEngine, from: DiffTarget, to: DiffTarget): Promise<string> {
  const { stdout } = await engine.diff({ from, to, script: true, exitCode: true, filters: { externalTables: [], externalEnums: [] } });
  return stdout && !stdout.startsWith('-- This is an empty migration') ? stdout : '';
}

/** What has changed in a domain's schema files since its newest migration, as SQL; empty when nothing has. */
export function pendingDiff(engine: SchemaEngine, schemaDir: string): Promise<string> {
  const path = join(schemaDir, snapshotFile);
  const from: DiffTarget = existsSync(path)
    ? { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: readFileSync(path, 'utf8') }] }
    : { tag: 'empty' };
  return diffSql(engine, from, { tag: 'schemaDatamodel', files: schemaFiles(schemaDir) });
}

export interface WriteMigrationOptions {
  /** Any database: the engine wants one to speak to. */
  url: string;
  /** The folder with the domain's `schema.prisma` and `migrations/`. */
  schemaDir: string;
  /** What the migration does, in snake_case. */
  name: string;
  now: Date;
}

/** Writes the domain's next migration and answers its path; undefined when the schema files have not changed. */
export async function writeMigration({ url, schemaDir, name, now }: WriteMigrationOptions): Promise<string | undefined> {
  if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name)) throw new OperatorError(`"${name}" is not a name for a migration: use snake_case, such as add_run_priority`);
  const { engine, close } = await createEngine(url);
  const sql = await pendingDiff(engine, schemaDir).finally(close);
  if (!sql) return undefined;
  const triggers = rowTriggers(sql, migrationNames(schemaDir).length === 0);
  const folder = join(schemaDir, 'migrations', `${timestampOf(schemaDir, now)}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), sql + triggers);
  writeFileSync(join(schemaDir, 'migrations/migration_lock.toml'), 'provider = "postgresql"\n');
  writeFileSync(join(schemaDir, snapshotFile), schemaFiles(schemaDir).map(({ content }) => content.trim()).join('\n\n') + '\n');
  return join(folder, 'migration.sql');
}

/** As Prisma has it, `20260131235959`, and after the newest migration, whichever clock that one was made by. */
function timestampOf(schemaDir: string, now: Date): string {
  const newest = migrationNames(schemaDir).at(-1)?.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)_.*/, '$1-$2-$3T$4:$5:$6Z');
  const earliest = newest ? Date.parse(newest) + 1000 : 0;
  return new Date(Math.max(now.getTime(), earliest || 0)).toISOString().replace(/\D/g, '').slice(0, 14);
}

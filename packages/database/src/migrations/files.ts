import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationList, SchemaContainer } from '@prisma/schema-engine-wasm/schema_engine_bg';

/** The schema that the newest migration stands for, one file: what the next diff starts from. */
export const snapshotFile = 'migrations/schema.snapshot';

/** The Prisma schema of a domain, `schema.prisma` and `models/*.prisma`, in the order of their paths. */
export function schemaFiles(schemaDir: string): SchemaContainer[] {
  const folder = join(schemaDir, 'models');
  const models = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.prisma')).sort() : [];
  return ['schema.prisma', ...models.map((file) => `models/${file}`)].map((path) => ({ path, content: readFileSync(join(schemaDir, path), 'utf8') }));
}

/** The names of the domain's migrations, oldest first. */
export function migrationNames(schemaDir: string): string[] {
  const folder = join(schemaDir, 'migrations');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}

function migrationSql(schemaDir: string, name: string): string {
  return readFileSync(join(schemaDir, 'migrations', name, 'migration.sql'), 'utf8');
}

/** The migrations up to the `count`-th in the form the engine takes. */
export function migrationList(schemaDir: string, count = Infinity): MigrationList {
  return {
    baseDir: join(schemaDir, 'migrations'),
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames(schemaDir).slice(0, count).map((name) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: migrationSql(schemaDir, name) } },
    })),
  };
}

import { OperatorError } from '@forge/config';
import pg from 'pg';
import { createEngine, type ScriptFault, type SchemaEngine } from './engine.ts';
import { migrationList, migrationNames } from './files.ts';

export interface MigrateOptions {
  /** The domain's own URL. */
  url: string;
  domain: string;
  /** The folder with the domain's `schema.prisma` and `migrations/`. */
  schemaDir: string;
  /** Hears of each migration once it is in. */
  onProgress?: (done: { domain: string; name: string; index: number; of: number; milliseconds: number }) => void;
}

const filters = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations that the database does not have yet and answers their names. Of two processes that do this at
 * once the second waits and finds nothing to do. A migration is one transaction: one that fails leaves the database as
 * it was, and the OperatorError says which statement it was; mended, it can be applied as if nothing had been.
 */
export async function migrate({ url, domain, schemaDir, onProgress }: MigrateOptions): Promise<string[]> {
  const lock = new pg.Client({ connectionString: url });
  await lock.connect();
  const { engine, scriptFault, close } = await createEngine(url);
  try {
    await lock.query(`SELECT pg_advisory_lock(hashtext('forge migrate'))`);
    const pending = await pendingMigrations(engine, domain, schemaDir);
    const before = migrationNames(schemaDir).length - pending.length;
    for (const [index, name] of pending.entries()) {
      const started = performance.now();
      try {
        await engine.applyMigrations({ migrationsList: migrationList(schemaDir, before + index + 1), filters });
      } catch (error) {
        await engine.markMigrationRolledBack({ migrationName: name });
        throw new OperatorError(describe(domain, name, scriptFault(), error));
      }
      onProgress?.({ domain, name, index: index + 1, of: pending.length, milliseconds: performance.now() - started });
    }
    return pending;
  } finally {
    await close();
    await lock.end();
  }
}

async function pendingMigrations(engine: SchemaEngine, domain: string, schemaDir: string): Promise<string[]> {
  const { history, editedMigrationNames, failedMigrationNames } = await engine.diagnoseMigrationHistory({
    migrationsList: migrationList(schemaDir), optInToShadowDatabase: false, filters,
  });
  if (editedMigrationNames.length) {
    throw new OperatorError(`${domain}: ${editedMigrationNames.join(', ')} was edited after it was applied; take the edit back and write a further migration`);
  }
  // A process killed between a migration's end and its record leaves a row that says failed, though nothing stayed.
  for (const migrationName of failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
  switch (history?.diagnostic) {
    case undefined: return failedMigrationNames;
    case 'databaseIsBehind': return [...new Set([...failedMigrationNames, ...history.unappliedMigrationNames])].sort();
    default:
      throw new OperatorError(`${domain}: the database has migrations that are not among the files: ${history?.unpersistedMigrationNames.join(', ')}; it belongs to a newer or other version`);
  }
}

function describe(domain: string, name: string, fault: ScriptFault | undefined, error: unknown): string {
  const what = `${domain}: migration ${name} failed and was rolled back`;
  if (!fault) return `${what}: ${error instanceof Error ? error.message : String(error)}`;
  const detail = fault.error instanceof pg.DatabaseError && fault.error.detail ? ` (${fault.error.detail})` : '';
  return `${what}.\n  line ${fault.line}: ${excerpt(fault.statement)}\n  PostgreSQL says: ${fault.error.message}${detail}`;
}

/** The statement on one line, without the comments before it. */
function excerpt(statement: string): string {
  const line = statement.replace(/^(\s*--.*\n)+/, '').replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

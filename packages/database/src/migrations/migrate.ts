import { OperatorError } from '@forge/config';
import { join } from 'node:path';
import { Logger, runMigrations as migrateJobs } from 'graphile-worker';
import pg from 'pg';
import { withClient } from '../with-client.ts';
import { createEngine, type SchemaEngine } from './engine.ts';
import { migrationList, migrationNames } from './files.ts';
import { runScript, type ScriptFault } from './script.ts';

export interface MigrateOptions {
  /** The domain's own URL. */
  url: string;
  domain: string;
  /** The folder with the domain's `schema.prisma` and `migrations/`. */
  schemaDir: string;
  /** Hears of each migration once it is in. */
  onProgress?: (done: { domain: string; name: string; index: number; of: number; milliseconds: number }) => void;
}

/** graphile-worker keeps its jobs in a schema of its own, which it brings up to date by itself. */
const silent = new Logger(() => () => undefined);

const filters = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations that the database does not have yet and answers their names. Of two processes that do this at
 * once the second waits and finds nothing to do. A migration is one transaction: one that fails leaves the database as
 * it was, and the OperatorError says which statement it was; mended, it can be applied as if nothing had been.
 */
export function migrate({ url, ...options }: MigrateOptions): Promise<string[]> {
  return withClient(url, async (client) => {
    // Scripts run on the connection that has the lock: what a killed process left running keeps the next one waiting.
    await client.query(`SELECT pg_advisory_lock(hashtext('forge migrate'))`);
    let fault: ScriptFault | undefined;
    const { engine, close } = await createEngine(url, (script) => runScript(client, script, () => recordFinished(client), (seen) => (fault = seen)));
    try {
      const applied = await applyPending(engine, options, () => fault);
      await migrateJobs({ connectionString: url, logger: silent });
      return applied;
    } finally {
      await close();
    }
  });
}

async function applyPending(engine: SchemaEngine, { domain, schemaDir, onProgress }: Omit<MigrateOptions, 'url'>, fault: () => ScriptFault | undefined): Promise<string[]> {
  const pending = await pendingMigrations(engine, domain, schemaDir);
  const all = migrationNames(schemaDir);
  for (const [index, name] of pending.entries()) {
    const started = performance.now();
    try {
      await engine.applyMigrations({ migrationsList: migrationList(schemaDir, all.indexOf(name) + 1), filters });
    } catch (error) {
      // Where the connection is gone, the next process does it.
      await engine.markMigrationRolledBack({ migrationName: name }).catch(() => undefined);
      throw new OperatorError(describe(domain, join(schemaDir, 'migrations', name, 'migration.sql'), fault(), error), { cause: error });
    }
    onProgress?.({ domain, name, index: index + 1, of: pending.length, milliseconds: performance.now() - started });
  }
  return pending;
}

/**
 * The engine records the end of a migration when the script is through; in the script's own transaction the two cannot
 * part, should the process be killed between them.
 */
async function recordFinished(client: pg.Client): Promise<void> {
  await client.query('UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL');
}

async function pendingMigrations(engine: SchemaEngine, domain: string, schemaDir: string): Promise<string[]> {
  const { history, editedMigrationNames, failedMigrationNames } = await engine.diagnoseMigrationHistory({
    migrationsList: migrationList(schemaDir), optInToShadowDatabase: false, filters,
  });
  // A process killed during a migration leaves a row that says failed, and nothing else.
  for (const migrationName of failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
  const edited = editedMigrationNames.filter((name) => !failedMigrationNames.includes(name));
  if (edited.length) {
    throw new OperatorError(`${domain}: ${edited.join(', ')} was edited after it was applied; take the edit back and write a further migration`);
  }
  switch (history?.diagnostic) {
    case undefined: return failedMigrationNames;
    case 'databaseIsBehind': return [...new Set([...failedMigrationNames, ...history.unappliedMigrationNames])].sort();
    default:
      throw new OperatorError(`${domain}: the database has migrations that are not among the files: ${history?.unpersistedMigrationNames.join(', ')}; it belongs to a newer or other version`);
  }
}

function describe(domain: string, file: string, fault: ScriptFault | undefined, error: unknown): string {
  const what = `${domain}: a migration failed and was rolled back`;
  if (!fault) return `${what}: ${file}\n  ${error instanceof Error ? error.message : String(error)}`;
  const detail = fault.error instanceof pg.DatabaseError && fault.error.detail ? ` (${fault.error.detail})` : '';
  return `${what}.\n  ${file}:${fault.line}\n  ${excerpt(fault.statement)}\n  PostgreSQL says: ${fault.error.message}${detail}`;
}

/** The statement on one line. */
function excerpt(statement: string): string {
  const line = statement.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

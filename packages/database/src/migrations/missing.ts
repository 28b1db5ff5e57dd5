import { withClient } from '../with-client.ts';
import { migrationNames } from './files.ts';

/**
 * The migrations among the files in `schemaDir` that the database at `url` does not have, oldest first. What it has
 * beyond them is a newer version's, which older processes live with while they are replaced.
 */
export function missingMigrations(url: string, schemaDir: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows: [table] } = await client.query<{ there: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`);
    if (!table?.there) return migrationNames(schemaDir);
    const { rows } = await client.query<{ name: string }>('SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL');
    const applied = new Set(rows.map(({ name }) => name));
    return migrationNames(schemaDir).filter((name) => !applied.has(name));
  });
}

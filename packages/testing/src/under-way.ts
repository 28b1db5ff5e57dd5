import { setTimeout } from 'node:timers/promises';
import { runSql } from './test-database.ts';

const sleepers = `SELECT FROM pg_stat_activity WHERE "datname" = current_database() AND "wait_event" = 'PgSleep'`;

/**
 * For tests of two changes at once: comes back when `change`, a statement, has been written and is not committed yet,
 * which it will be 300 ms later. What is tried in between meets it half-way.
 */
export async function underWay(databaseUrl: string, change: string): Promise<{ committed: Promise<unknown> }> {
  // Several statements without values are one transaction.
  const committed = runSql(databaseUrl, `${change}; SELECT pg_sleep(0.3)`);
  const written = async () => {
    for (let tries = 0; tries < 100 && (await runSql(databaseUrl, sleepers)).length === 0; tries++) await setTimeout(5);
  };
  await Promise.race([committed, written()]);
  return { committed };
}

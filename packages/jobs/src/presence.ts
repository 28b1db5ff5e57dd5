import type pg from 'pg';

/** That a process is there, for as long as its connection is. */
export interface Presence {
  /** From now on whoever locks jobs under this name is known to be there. */
  announce(poolId: string): Promise<void>;
  /** Runs `act` unless somebody is at `name` already, here or in another process; then it answers undefined at once. */
  exclusively<R>(name: string, act: () => Promise<R>): Promise<R | undefined>;
  /** Rejects when the connection is lost, and with it the presence. */
  readonly lost: Promise<never>;
  release(): void;
}

/**
 * Holds advisory locks in the name of this process. PostgreSQL lets go of them when the process dies, however it dies, so a
 * job whose holder's lock is free is nobody's.
 */
export async function holdPresence(pool: pg.Pool): Promise<Presence> {
  const client = await pool.connect();
  const { promise: lost, reject } = Promise.withResolvers<never>();
  lost.catch(() => undefined);
  client.on('error', reject);
  // A machine that is gone says no goodbye: PostgreSQL finds out in 25 seconds, where it would take hours.
  await client.query('SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3');
  let last: Promise<unknown> = Promise.resolve();
  // One statement after the other: pg has no queue for them.
  const ask = (text: string, name: string) => {
    const answer = last.catch(() => undefined).then(() => client.query<{ answer: boolean | null }>(text, [name]));
    last = answer;
    return answer.then(({ rows: [row] }) => row?.answer === true);
  };
  // A session gets an advisory lock as often as it asks; within this process the names tell.
  const busy = new Set<string>();
  return {
    async announce(poolId) {
      await ask('SELECT pg_advisory_lock(hashtextextended($1, 0)) IS NULL AS answer', lockName(poolId));
    },
    async exclusively(name, act) {
      if (busy.has(name)) return undefined;
      busy.add(name);
      try {
        if (!(await ask('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS answer', name))) return undefined;
        try {
          return await act();
        } finally {
          await ask('SELECT pg_advisory_unlock(hashtextextended($1, 0)) AS answer', name);
        }
      } finally {
        busy.delete(name);
      }
    },
    lost,
    release() {
      client.removeListener('error', reject);
      // Not back into the pool: the end of the connection is what lets go of the locks.
      client.release(true);
    },
  };
}

/** Makes the jobs and queues available again that processes hold which are there no more. */
export async function releaseJobsOfTheDead(pool: pg.Pool): Promise<void> {
  await pool.query(`
    WITH held AS (
      SELECT locked_by AS holder FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL
      UNION SELECT locked_by FROM graphile_worker._private_job_queues WHERE locked_by IS NOT NULL
    ), dead AS MATERIALIZED (
      SELECT holder FROM held WHERE pg_try_advisory_xact_lock(hashtextextended($1 || holder, 0))
    )
    SELECT graphile_worker.force_unlock_workers(array_agg(holder)) FROM dead`, [lockName('')]);
}

function lockName(poolId: string): string {
  return `forge jobs ${poolId}`;
}

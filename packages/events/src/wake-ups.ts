import type { JobTransaction } from '@forge/jobs';
import { relayTask } from './publish.ts';

// A publisher adds a job for each of its events, as no transaction may wait for another's; what is too many is taken away here.

/** Has the relay look at once whether there is something for `subscriber`. */
export async function wakeRelay(db: JobTransaction, subscriber: string): Promise<void> {
  await db.$queryRaw`SELECT 1 AS added FROM graphile_worker.add_job(${relayTask}, json_build_object('subscriber', ${subscriber}::text))`;
}

/**
 * Removes the jobs that would look for what the caller is about to look for: the events they tell of are there to be read.
 * Answers whether the subscriber is to be left alone, as it could not be reached and it is not time yet to try again.
 */
export async function takeWakeUps(db: JobTransaction, subscriber: string): Promise<{ leaveAlone: boolean }> {
  const [answer] = await db.$queryRaw<{ leaveAlone: boolean }[]>`
    WITH taken AS (
      DELETE FROM graphile_worker._private_jobs WHERE id = ANY (ARRAY(
        SELECT job.id FROM graphile_worker._private_jobs AS job JOIN graphile_worker._private_tasks AS task ON task.id = job.task_id
        WHERE job.is_available AND job.run_at <= now() AND job.key IS NULL AND task.identifier = ${relayTask} AND job.payload ->> 'subscriber' = ${subscriber}
        FOR UPDATE OF job SKIP LOCKED))
    )
    SELECT EXISTS (SELECT FROM graphile_worker._private_jobs WHERE key = ${keyOfUnreachable(subscriber)} AND locked_at IS NULL AND attempts = 0) AS "leaveAlone"`;
  return { leaveAlone: answer?.leaveAlone === true };
}

/** Has the relay come back at `at` for what was refused. One waiting job for this is enough: its key replaces the one before it. */
export async function comeBack(db: JobTransaction, subscriber: string, at: Date): Promise<void> {
  await addKeyed(db, { subscriber }, `${relayTask} ${subscriber}`, at);
}

/** Has the relay come back at `at` to a subscriber that could not be reached, now `misses` times in a row. */
export async function comeBackToUnreachable(db: JobTransaction, subscriber: string, at: Date, misses: number): Promise<void> {
  await addKeyed(db, { subscriber, misses }, keyOfUnreachable(subscriber), at);
}

function keyOfUnreachable(subscriber: string): string {
  return `${relayTask} ${subscriber} unreachable`;
}

async function addKeyed(db: JobTransaction, payload: object, key: string, at: Date): Promise<void> {
  await db.$queryRaw`SELECT 1 AS added FROM graphile_worker.add_job(${relayTask}, ${JSON.stringify(payload)}::json, run_at := ${at}::timestamptz, job_key := ${key})`;
}

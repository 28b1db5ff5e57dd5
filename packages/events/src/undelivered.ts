import type { JobTransaction } from '@forge/jobs';
import { wakeRelay } from './wake-ups.ts';

/** An event that a subscriber has not taken. */
export interface Undelivered {
  readonly id: string;
  readonly orgId: string;
  readonly subscriber: string;
  readonly type: string;
  readonly subject: string;
  readonly createdAt: Date;
  /** How often the subscriber has refused it. */
  readonly attempts: number;
  readonly lastError: string | null;
}

export interface UndeliveredList {
  readonly count: number;
  readonly newest: readonly Undelivered[];
}

/** The events in a domain's outbox that are still to be delivered, or that were set aside: how many, and the newest of them. */
export async function listUndelivered(db: JobTransaction, which: 'pending' | 'set aside', most: number): Promise<UndeliveredList> {
  const setAside = which === 'set aside';
  const [{ count } = { count: 0 }] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "eventOutbox" WHERE "deliveredAt" IS NULL AND ("setAsideAt" IS NOT NULL) = ${setAside}`;
  const newest = await db.$queryRaw<Undelivered[]>`
    SELECT "id", "orgId", "subscriber", "type", "subject", "createdAt", "attempts", "lastError" FROM "eventOutbox"
    WHERE "deliveredAt" IS NULL AND ("setAsideAt" IS NOT NULL) = ${setAside} ORDER BY "sequence" DESC LIMIT ${most}`;
  return { count, newest };
}

/** Those of the ids under which a domain has set events aside. */
export async function setAsideAmong(db: JobTransaction, ids: readonly string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT "id" FROM "eventOutbox" WHERE "deliveredAt" IS NULL AND "setAsideAt" IS NOT NULL AND "id" = ANY(${[...ids]}) ORDER BY 1`;
  return rows.map(({ id }) => id);
}

/** Makes events that were set aside due again, as if they had never been tried, and wakes the relay; answers how many deliveries that are. */
export async function replayEvents(tx: JobTransaction, ids: readonly string[] | 'all'): Promise<number> {
  const due = await tx.$queryRaw<{ subscriber: string }[]>`
    UPDATE "eventOutbox" SET "setAsideAt" = NULL, "attempts" = 0, "nextAttemptAt" = NULL
    WHERE "deliveredAt" IS NULL AND "setAsideAt" IS NOT NULL AND (${ids === 'all'} OR "id" = ANY(${ids === 'all' ? [] : [...ids]}::text[])) RETURNING "subscriber"`;
  for (const subscriber of new Set(due.map((each) => each.subscriber))) await wakeRelay(tx, subscriber);
  return due.length;
}

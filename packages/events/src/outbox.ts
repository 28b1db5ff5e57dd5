import type { JobTransaction } from '@forge/jobs';

/** A row of eventOutbox that a subscriber has not taken yet. */
export interface Waiting {
  readonly id: string;
  readonly orgId: string;
  readonly type: string;
  readonly subject: string;
  readonly payload: unknown;
  readonly occurredAt: Date;
  readonly attempts: number;
}

/** A subject with an event that was refused: nothing of it is sent before that is tried again. */
export interface Held {
  readonly orgId: string;
  readonly subject: string;
  readonly until: Date;
}

const batchSize = 50;

/** The next events for a subscriber, in order, but for those of subjects that are held. */
export function nextWaiting(db: JobTransaction, subscriber: string, held: readonly Held[]): Promise<Waiting[]> {
  // By deliveredAt too, which is the same for all of them: that is how the index has them.
  return db.$queryRaw<Waiting[]>`
    SELECT "id", "orgId", "type", "subject", "payload", "occurredAt", "attempts" FROM "eventOutbox"
    WHERE "subscriber" = ${subscriber} AND "deliveredAt" IS NULL AND "setAsideAt" IS NULL
      AND ("orgId", "subject") NOT IN (SELECT * FROM unnest(${held.map(({ orgId }) => orgId)}::text[], ${held.map(({ subject }) => subject)}::text[]))
    ORDER BY "deliveredAt", "sequence" LIMIT ${batchSize}`;
}

/** The subjects that are held, until the last of their refused events is due again. */
export function heldSubjects(db: JobTransaction, subscriber: string): Promise<Held[]> {
  return db.$queryRaw<Held[]>`
    SELECT "orgId", "subject", max("nextAttemptAt") AS "until" FROM "eventOutbox"
    WHERE "subscriber" = ${subscriber} AND "deliveredAt" IS NULL AND "setAsideAt" IS NULL AND "nextAttemptAt" IS NOT NULL GROUP BY 1, 2`;
}

export async function markDelivered(db: JobTransaction, subscriber: string, events: readonly Waiting[]): Promise<void> {
  await db.$queryRaw`
    UPDATE "eventOutbox" AS event SET "deliveredAt" = clock_timestamp(), "lastError" = NULL, "nextAttemptAt" = NULL
    FROM unnest(${events.map(({ orgId }) => orgId)}::text[], ${events.map(({ id }) => id)}::text[]) AS taken ("orgId", "id")
    WHERE event."orgId" = taken."orgId" AND event."id" = taken."id" AND event."subscriber" = ${subscriber} AND event."deliveredAt" IS NULL RETURNING 1 AS done`;
}

/** Notes that the subscriber refused an event, and when it is tried again; null: not by itself. */
export async function markRefused(db: JobTransaction, subscriber: string, { orgId, id }: Waiting, error: string, tryAgainAt: Date | null): Promise<void> {
  await db.$queryRaw`
    UPDATE "eventOutbox" SET "attempts" = "attempts" + 1, "lastError" = ${error}, "nextAttemptAt" = ${tryAgainAt}::timestamptz,
      "setAsideAt" = CASE WHEN ${tryAgainAt}::timestamptz IS NULL THEN clock_timestamp() END
    WHERE "orgId" = ${orgId} AND "id" = ${id} AND "subscriber" = ${subscriber} RETURNING 1 AS done`;
}

/** Notes why an event could not be taken to its subscriber at all; that is no fault of the event's. */
export async function markUnreachable(db: JobTransaction, subscriber: string, { orgId, id }: Waiting, error: string): Promise<void> {
  await db.$queryRaw`UPDATE "eventOutbox" SET "lastError" = ${error} WHERE "orgId" = ${orgId} AND "id" = ${id} AND "subscriber" = ${subscriber} RETURNING 1 AS done`;
}

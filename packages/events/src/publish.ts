import type { JobTransaction } from '@forge/jobs';
import { typeid } from 'typeid-js';
import { eventTypes, type EventData, type EventType } from './event-types.ts';

export interface NewEvent<T extends EventType> {
  type: T;
  /** The id of what it is about; a subscriber gets the events of one subject in the order in which they were published. */
  subject: string;
  data: EventData<T>;
  /** When it happened, for subscribers to tell new from old; the database's clock unless given. */
  occurredAt?: Date;
}

/** The task that takes events to a subscriber. */
export const relayTask = 'relay-events';

const maxBytes = 1_000_000;

/**
 * Tells other domains of a change, inside the transaction that makes it: they hear of it once that is committed, and never
 * when it is not. Nobody waits for anybody here; where the order of events of one subject matters, their transactions
 * must hold a lock on that subject. Throws when an event is not what its type says, or larger than a megabyte.
 */
export function publish<T extends EventType>(tx: JobTransaction, orgId: string, event: NewEvent<T>): Promise<void> {
  return publishAll(tx, orgId, [event]);
}

/** The same of many changes at once, in one statement; subscribers get them in this order. */
export async function publishAll<T extends EventType>(tx: JobTransaction, orgId: string, events: readonly NewEvent<T>[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(checked).flatMap(({ subscribers, ...event }) => subscribers.map((subscriber) => ({ ...event, subscriber })));
  await tx.$queryRaw`
    WITH written AS (
      INSERT INTO "eventOutbox" ("id", "orgId", "subscriber", "type", "subject", "payload", "occurredAt")
      SELECT "id", ${orgId}, "subscriber", "type", "subject", "payload", coalesce("occurredAt", clock_timestamp())
      FROM json_to_recordset(${JSON.stringify(rows.map((row, position) => ({ ...row, position })))}::json)
        AS event("position" int, "id" text, "subscriber" text, "type" text, "subject" text, "payload" jsonb, "occurredAt" timestamptz)
      ORDER BY "position" RETURNING "subscriber"
    )
    SELECT (graphile_worker.add_job(${relayTask}, json_build_object('subscriber', "subscriber"))).id FROM (SELECT DISTINCT "subscriber" FROM written) AS heard`;
}

function checked<T extends EventType>({ type, subject, data, occurredAt }: NewEvent<T>) {
  const { subscribers, data: schema } = eventTypes[type];
  const payload = schema.parse(data);
  if (subject === '') throw new Error(`${type}: an event needs a subject`);
  if (Buffer.byteLength(JSON.stringify(payload)) > maxBytes) throw new Error(`${type} of ${subject}: is larger than ${maxBytes} bytes, so nobody would take it`);
  return { id: typeid('evt').toString(), type, subject, payload, occurredAt, subscribers: [...subscribers] };
}

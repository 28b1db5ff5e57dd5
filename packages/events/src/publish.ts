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
export async function publish<T extends EventType>(tx: JobTransaction, orgId: string, { type, subject, data, occurredAt }: NewEvent<T>): Promise<void> {
  const { subscribers, data: schema } = eventTypes[type];
  const payload = JSON.stringify(schema.parse(data));
  if (subject === '') throw new Error(`${type}: an event needs a subject`);
  if (Buffer.byteLength(payload) > maxBytes) throw new Error(`${type} of ${subject}: is larger than ${maxBytes} bytes, so nobody would take it`);
  await tx.$queryRaw`
    WITH written AS (
      INSERT INTO "eventOutbox" ("id", "orgId", "subscriber", "type", "subject", "payload", "occurredAt")
      SELECT ${typeid('evt').toString()}, ${orgId}, subscriber, ${type}, ${subject}, ${payload}::jsonb, coalesce(${occurredAt ?? null}::timestamptz, clock_timestamp())
      FROM unnest(${[...subscribers]}::text[]) AS subscriber RETURNING "subscriber"
    )
    SELECT (graphile_worker.add_job(${relayTask}, json_build_object('subscriber', "subscriber"))).id FROM written`;
}

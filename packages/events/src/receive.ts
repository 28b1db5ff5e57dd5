import type { JobTransaction } from '@forge/jobs';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { cloudEvent, type Arrival, type Outcome, type Receive } from './cloud-event.ts';
import { eventTypes, type EventData, type EventType } from './event-types.ts';

/** An event as a handler is given it. */
export interface DomainEvent<T extends EventType> {
  readonly id: string;
  readonly orgId: string;
  readonly type: T;
  /** `/forge/<domain>`: who tells it. */
  readonly source: string;
  readonly subject: string;
  /** When it happened. */
  readonly time: Date;
  readonly data: EventData<T>;
}

/** Acts on an event, inside the transaction that has recorded it as handled; what it throws rolls both back. */
export type EventHandler<Tx, T extends EventType> = (tx: Tx, event: DomainEvent<T>) => Promise<void>;

export type EventHandlers<Tx> = { readonly [T in EventType]?: EventHandler<Tx, T> };

interface Database<Tx> extends JobTransaction {
  $transaction<R>(act: (tx: Tx) => Promise<R>): Promise<R>;
}

export interface ReceiverOptions {
  /** How many events share a transaction; more than one where they would wait for each other's locks, and lock in an order that is safe together. */
  together?: number | undefined;
}

/** Subjects that are worked on at the same time. */
const width = 4;

/**
 * The receiving end of a domain: each event in a transaction of its own that records its id and acts on it, so that it
 * counts once however often it comes. Events of one subject are taken in order; of those after one that fails nothing is
 * said, so that they come again after it. Rejects when the domain's database cannot be reached, for which no event is to blame.
 */
export function createReceiver<Tx extends JobTransaction>(db: Database<Tx>, handlers: EventHandlers<Tx>, logger: Logger, { together = 1 }: ReceiverOptions = {}): Receive {
  return async (events) => {
    if (together > 1) return takeTogether(events);
    return takeEach(events);
  };

  /** Several in a transaction; where one of them fails, each in its own. */
  async function takeTogether(events: readonly Arrival[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    const failed = new Set<string>();
    for (let from = 0; from < events.length; from += together) {
      const some = events.slice(from, from + together).filter((event) => !failed.has(subjectOf(event)));
      try {
        await db.$transaction(async (tx) => {
          for (const event of some) await act(tx, event);
        });
        outcomes.push(...some.map(({ id }) => ({ id, error: null })));
      } catch {
        const each = await takeEach(some);
        outcomes.push(...each);
        for (const event of some) if (!each.some(({ id, error }) => id === event.id && error === null)) failed.add(subjectOf(event));
      }
    }
    return outcomes;
  }

  async function takeEach(events: readonly Arrival[]): Promise<Outcome[]> {
    const bySubject = [...Map.groupBy(events, subjectOf).values()].values();
    const outcomes: Outcome[] = [];
    await Promise.all(Array.from({ length: width }, async () => {
      for (const sameSubject of bySubject) outcomes.push(...(await takeInOrder(sameSubject)));
    }));
    return outcomes;
  }

  async function takeInOrder(events: readonly Arrival[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const event of events) {
      const error = await take(event);
      outcomes.push({ id: event.id, error });
      if (error !== null) break;
    }
    return outcomes;
  }

  /** Null when it was taken, else why not. */
  async function take(arrival: Arrival): Promise<string | null> {
    try {
      await db.$transaction((tx) => act(tx, arrival));
      return null;
    } catch (error) {
      await db.$queryRaw`SELECT 1 AS there`;
      const { id, type, subject } = arrival;
      logger.warn({ err: error, event: id, type, subject }, 'an event could not be handled');
      return (error instanceof Error && error.message) || String(error);
    }
  }

  async function act(tx: Tx, arrival: Arrival): Promise<void> {
    const event = parse(arrival);
    const handle = handlers[event.type] as EventHandler<Tx, EventType> | undefined;
    if (!handle) throw new Error(`nothing here listens to ${event.type}`);
    if (await isNew(tx, event)) await handle(tx, event);
  }
}

function subjectOf({ orgid, subject }: Arrival): string {
  return JSON.stringify([orgid, subject]);
}

function parse(arrival: Arrival): DomainEvent<EventType> {
  const { id, orgid, type, source, subject, time, data } = inOrder(cloudEvent, arrival, 'it is not as events are here');
  if (!Object.hasOwn(eventTypes, type)) throw new Error(`${type} is no event type of the platform`);
  const known = type as EventType;
  return { id, orgId: orgid, type: known, source, subject, time: new Date(time), data: inOrder(eventTypes[known].data, data, `its data are not those of ${type}`) };
}

/** What `schema` makes of `value`; throws what is wrong with it on one line. */
function inOrder<S extends z.ZodType>(schema: S, value: unknown, complaint: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Error(`${complaint}: ${result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`);
}

/** Records the event; false when it has been handled before. A second delivery at the same time waits here for the first. */
async function isNew(tx: JobTransaction, { orgId, source, id }: DomainEvent<EventType>): Promise<boolean> {
  const recorded = await tx.$queryRaw<unknown[]>`
    INSERT INTO "callbackDedup" ("orgId", "source", "key") VALUES (${orgId}, ${`event ${source}`}, ${id})
    ON CONFLICT ("orgId", "source", "key") DO NOTHING RETURNING 1 AS recorded`;
  return recorded.length > 0;
}

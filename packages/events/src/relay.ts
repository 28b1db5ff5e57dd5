import type { JobTask, JobTransaction } from '@forge/jobs';
import type { Logger } from 'pino';
import type { CloudEvent, Deliver, Outcome } from './cloud-event.ts';
import { heldSubjects, markDelivered, markRefused, markUnreachable, nextWaiting, type Held, type Waiting } from './outbox.ts';
import { comeBack, comeBackToUnreachable, takeWakeUps } from './wake-ups.ts';

interface RelayOptions {
  /** The domain whose outbox it is. */
  domain: string;
  db: JobTransaction;
  deliver: Deliver;
  logger: Logger;
  now(): Date;
}

/** How often a subscriber may refuse an event before it is set aside: with the waits between them, for about nine minutes. */
const maxAttempts = 10;
const longestWaitSeconds = 300;
const longestUnreachableWaitSeconds = 10;
const maxBatchBytes = 2_000_000;
const longestError = 2_000;
/** A subscriber that refuses more subjects than this is not well: the others wait. */
const mostHeld = 1_000;

/** The task `relay-events`: takes what waits for a subscriber to it. One runs at a time for a subscriber, in whichever process. */
export function relay(options: RelayOptions): JobTask {
  const { db } = options;
  return async ({ payload: { subscriber: named, misses: counted }, signal, exclusively }) => {
    const subscriber = String(named);
    const misses = Number(counted ?? 0);
    for (;;) {
      const held = await exclusively(`forge relay to ${subscriber}`, () => relayEvents(options, { subscriber, misses, signal }));
      // Who has found another at it may go: that one looks once more here, when it has let go.
      if (!held || (await nextWaiting(db, subscriber, held)).length === 0) return;
    }
  };
}

interface RelayRun {
  subscriber: string;
  /** How often in a row the subscriber could not be reached. */
  misses: number;
  signal: AbortSignal;
}

/**
 * Takes what is due to its subscriber, in order and at least once. Answers the subjects of which something waits to be
 * tried again, or null when it stopped before it was through; in either case a job comes back for what is left.
 */
async function relayEvents({ domain, db, deliver, logger, now }: RelayOptions, { subscriber, misses, signal }: RelayRun): Promise<readonly Held[] | null> {
  const { leaveAlone } = await takeWakeUps(db, subscriber);
  if (leaveAlone) return null;
  let held: readonly Held[] = await heldSubjects(db, subscriber);
  while (!signal.aborted && held.length < mostHeld) {
    held = held.filter(({ until }) => until > now());
    const batch = withinBytes(await nextWaiting(db, subscriber, held));
    if (batch.length === 0) {
      if (held.length > 0) await comeBack(db, subscriber, earliest(held));
      return held;
    }
    const outcomes = await send(batch);
    if (!outcomes) return null;
    held = [...held, ...(await note(batch, outcomes))];
  }
  await comeBack(db, subscriber, signal.aborted ? now() : earliest(held));
  return null;

  async function send(batch: readonly Waiting[]): Promise<ReadonlyMap<string, Outcome> | undefined> {
    try {
      const outcomes = new Map((await deliver(subscriber, batch.map((event) => toCloudEvent(domain, event)), signal)).map((outcome) => [outcome.id, outcome]));
      if (!batch.some(({ id }) => outcomes.has(id))) throw new Error('it said nothing of what it was sent');
      return outcomes;
    } catch (error) {
      const [first] = batch as [Waiting];
      await markUnreachable(db, subscriber, first, `${subscriber} was not reached: ${messageOf(error)}`.slice(0, longestError));
      const seconds = Math.min(2 ** misses, longestUnreachableWaitSeconds);
      await comeBackToUnreachable(db, subscriber, new Date(now().getTime() + seconds * 1000), misses + 1);
      return undefined;
    }
  }

  /** Answers what is held now. */
  async function note(batch: readonly Waiting[], outcomes: ReadonlyMap<string, Outcome>): Promise<Held[]> {
    await markDelivered(db, subscriber, batch.filter(({ id }) => outcomes.get(id)?.error === null));
    const held: Held[] = [];
    for (const event of batch) {
      const error = outcomes.get(event.id)?.error;
      if (error == null) continue;
      const until = await refused(event, error.slice(0, longestError));
      if (until) held.push({ orgId: event.orgId, subject: event.subject, until });
    }
    return held;
  }

  /** Answers when it is tried again, or null when that was its last time. */
  async function refused(event: Waiting, error: string): Promise<Date | null> {
    const last = event.attempts + 1 >= maxAttempts;
    const tryAgainAt = last ? null : new Date(now().getTime() + Math.min(2 ** event.attempts, longestWaitSeconds) * 1000);
    await markRefused(db, subscriber, event, error, tryAgainAt);
    const about = { event: event.id, type: event.type, subject: event.subject, subscriber, error };
    if (last) logger.error(about, 'an event is set aside; see forge events');
    else logger.warn(about, 'an event was refused, and is tried again');
    return tryAgainAt;
  }
}

function earliest(held: readonly Held[]): Date {
  return held.map(({ until }) => until).reduce((a, b) => (a < b ? a : b));
}

function toCloudEvent(domain: string, { id, orgId, type, subject, payload, occurredAt }: Waiting): CloudEvent {
  return { specversion: '1.0', id, source: `/forge/${domain}`, type, subject, time: occurredAt.toISOString(), datacontenttype: 'application/json', orgid: orgId, data: payload };
}

/** As many from the front as fit into a request, one at least. */
function withinBytes(waiting: readonly Waiting[]): readonly Waiting[] {
  let bytes = 0;
  const last = waiting.findIndex(({ payload }) => (bytes += Buffer.byteLength(JSON.stringify(payload))) > maxBatchBytes);
  return last < 0 ? waiting : waiting.slice(0, Math.max(last, 1));
}

/** A failure to connect to any of several addresses has a code and no message. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, code } = error as Error & { code?: string };
  return message || code || error.name;
}

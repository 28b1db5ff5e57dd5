import type { QueryPlan } from '@apollo/query-planner';
import type { Logger } from 'pino';
import { createFairQueue } from './fair-queue.ts';
import type { PlannerSeat } from './planner-seat.ts';
import type { PlannerThread } from './planner-thread.ts';
import { PlanningError, tooComplex } from './planning-error.ts';
import { ThreadEndedError } from './thread-talk.ts';

/** Turns operations into query plans, one at a time, without keeping the calling thread busy. */
export interface Planner {
  /**
   * The plan of a printed document with exactly one operation, which is valid against the API schema. Rejects with a PlanningError, and
   * with the signal's reason when it aborts before planning has begun; what has begun is finished, for whoever asks next. Operations of
   * different askers are planned in turn.
   */
  plan(operation: string, signal?: AbortSignal, asker?: string): Promise<QueryPlan>;
  /** How many operations wait; the one being planned is not among them. */
  readonly waiting: number;
  /** Ends the thread; what waits is rejected. */
  close(): Promise<void>;
}

export interface PlannerLimits {
  readonly maxWaiting: number;
  readonly timeLimitMilliseconds: number;
}

interface Job {
  readonly operation: string;
  readonly asker: string;
  readonly outcome: PromiseWithResolvers<QueryPlan>;
  retried: boolean;
}

export function createPlanner(seat: PlannerSeat, { maxWaiting, timeLimitMilliseconds }: PlannerLimits, logger: Logger): Planner {
  const waiting = createFairQueue<Job>(maxWaiting);
  let working = false;
  let closed = false;

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    while (waiting.length > 0 && !closed) {
      const thread = await seat.thread().catch(() => undefined);
      // Whoever waited may have left meanwhile.
      const job = thread && waiting.shift();
      if (job) await attempt(job, thread);
    }
    working = false;
  }

  async function attempt(job: Job, thread: PlannerThread): Promise<void> {
    try {
      job.outcome.resolve(await within(timeLimitMilliseconds, thread.plan(job.operation)));
      seat.praise();
    } catch (error) {
      if (error instanceof PlanningError) {
        logger.warn({ fault: error.fault, detail: error.cause }, 'an operation has no plan');
        if (error.fault === 'too-slow') seat.replace(thread);
        job.outcome.reject(error);
      } else if (closed) {
        job.outcome.reject(closedError());
      } else if (error instanceof ThreadEndedError && error.outOfMemory) {
        job.outcome.reject(new PlanningError('too-complex', tooComplex, { cause: error }));
      } else if (job.retried) {
        job.outcome.reject(new PlanningError('lost', 'This operation could not be planned.', { cause: error }));
      } else {
        // It need not have been this operation. The seat hears of the end first, and has another thread on its way.
        await thread.ended;
        job.retried = true;
        waiting.unshift(job.asker, job);
      }
    }
  }

  return {
    async plan(operation, signal, asker = '') {
      signal?.throwIfAborted();
      if (closed) throw closedError();
      const job: Job = { operation, asker, outcome: Promise.withResolvers(), retried: false };
      waiting.push(asker, job)?.outcome.reject(new PlanningError('busy', 'Too many new operations wait to be planned. Try again in a moment.'));
      const leave = () => {
        if (waiting.remove(asker, job)) job.outcome.reject(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      void work();
      return job.outcome.promise.finally(() => signal?.removeEventListener('abort', leave));
    },
    get waiting() {
      return waiting.length;
    },
    async close() {
      closed = true;
      for (const { outcome } of waiting.drain()) outcome.reject(closedError());
      await seat.close();
    },
  };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new PlanningError('too-slow', `Planning this operation took longer than ${milliseconds} ms. Ask for less at once.`)), milliseconds);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function closedError(): PlanningError {
  return new PlanningError('closed', 'The gateway is closing.');
}

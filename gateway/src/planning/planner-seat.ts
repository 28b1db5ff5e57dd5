import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { PlannerThread } from './planner-thread.ts';

const longestPauseMilliseconds = 10_000;

/** A place that always has a planning thread in it, or one on its way. */
export interface PlannerSeat {
  /** The thread there is, or the next as soon as it has started. Rejects when the seat is closed first. */
  thread(): Promise<PlannerThread>;
  /** Ends a thread and starts another; nothing when that has been done. */
  replace(thread: PlannerThread): void;
  /** Says that the thread does its work: the next one to break is replaced without a pause. */
  praise(): void;
  close(): Promise<void>;
}

export interface PlannerSeatOptions {
  /** Starts another thread, until the signal aborts. */
  readonly start: (signal: AbortSignal) => Promise<PlannerThread>;
  readonly logger: Logger;
}

/** Replaces a thread that breaks: at once the first time, then after pauses that double, until one of them has planned something. */
export function createPlannerSeat(first: PlannerThread, { start, logger }: PlannerSeatOptions): PlannerSeat {
  const closing = new AbortController();
  let breakdowns = 0;
  let occupant: PlannerThread | undefined;
  let seated = Promise.resolve(occupy(first));

  function occupy(thread: PlannerThread): PlannerThread {
    occupant = thread;
    void thread.ended.then((why) => {
      if (occupant !== thread || closing.signal.aborted) return;
      logger.error({ err: why }, 'the planning thread broke, another is started');
      breakdowns += 1;
      succeed(Promise.resolve());
    });
    return thread;
  }

  function succeed(leaving: Promise<void>): void {
    occupant = undefined;
    seated = leaving.then(startNext);
    // Only closing makes it reject, and who waits for it then is told.
    seated.catch(() => undefined);
  }

  async function startNext(): Promise<PlannerThread> {
    for (;;) {
      if (breakdowns > 1) await pause(Math.min(100 * 2 ** (breakdowns - 2), longestPauseMilliseconds), undefined, { signal: closing.signal });
      try {
        return occupy(await start(closing.signal));
      } catch (error) {
        closing.signal.throwIfAborted();
        logger.error({ err: error }, 'a planning thread did not start, another is tried');
        breakdowns += 1;
      }
    }
  }

  return {
    thread: () => seated,
    replace(thread) {
      if (occupant === thread && !closing.signal.aborted) succeed(thread.end());
    },
    praise() {
      breakdowns = 0;
    },
    async close() {
      closing.abort();
      await seated.then((thread) => thread.end(), () => undefined);
    },
  };
}

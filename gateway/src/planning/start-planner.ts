import type { Logger } from 'pino';
import { createPlanner, type Planner } from './planner.ts';
import { createPlannerSeat } from './planner-seat.ts';
import { startPlannerThread } from './planner-thread.ts';

export interface PlannerOptions {
  readonly logger: Logger;
  /** More operations that wait are refused. Default 100. */
  readonly maxWaiting?: number;
  /** An operation that takes longer is given up, and its thread with it. Default 5 seconds. */
  readonly timeLimitMilliseconds?: number;
  /** Default 512, several times what this project's supergraph takes. */
  readonly maxHeapMegabytes?: number;
  /** How long a thread may take to read the supergraph. Default a minute. */
  readonly startLimitMilliseconds?: number;
  /** The program of the thread. Default planner-worker.ts. */
  readonly program?: URL;
}

/**
 * Starts a planner for a supergraph in a thread of its own. Resolves, when it is ready, with the schema that clients see as well, which
 * the thread has worked out anyway. Rejects with an OperatorError that says what is wrong with the supergraph.
 */
export async function startPlanner(sdl: string, options: PlannerOptions): Promise<{ planner: Planner; apiSdl: string }> {
  const { logger, maxWaiting = 100, timeLimitMilliseconds = 5_000, maxHeapMegabytes = 512, startLimitMilliseconds = 60_000 } = options;
  const program = options.program ?? new URL('./planner-worker.ts', import.meta.url);
  const start = (signal: AbortSignal, known: boolean) => startPlannerThread({ sdl, known, program, maxHeapMegabytes, startLimitMilliseconds, signal });

  const { thread, apiSdl } = await start(new AbortController().signal, false);
  const seat = createPlannerSeat(thread, { start: async (signal) => (await start(signal, true)).thread, logger });
  return { planner: createPlanner(seat, { maxWaiting, timeLimitMilliseconds }, logger), apiSdl };
}

import { Worker } from 'node:worker_threads';
import type { QueryPlan } from '@apollo/query-planner';
import { OperatorError } from '@forge/config';
import { PlanningError } from './planning-error.ts';
import { threadTalk, type ThreadEndedError, type ThreadTalk } from './thread-talk.ts';
import type { Opening, PlanAnswer, PlanningThreadData } from './worker-messages.ts';

/** A planner in a thread of its own. It plans one operation at a time. */
export interface PlannerThread {
  /** Rejects with a PlanningError when it is the operation's fault, with a ThreadEndedError when the thread ends over it. */
  plan(operation: string): Promise<QueryPlan>;
  /** Resolves when the thread is no more, with what is known of the reason. */
  readonly ended: Promise<ThreadEndedError>;
  /** Ends it, whatever it is doing. */
  end(): Promise<void>;
}

export interface PlannerThreadOptions extends PlanningThreadData {
  /** A thread that needs more is ended by Node. */
  readonly maxHeapMegabytes: number;
  /** How long it may take to read the supergraph. */
  readonly startLimitMilliseconds: number;
  /** Ends the thread while it starts. */
  readonly signal: AbortSignal;
  /** The program of the thread. */
  readonly program: URL;
}

/** Starts a thread and waits until it has read the supergraph. Rejects with an OperatorError when the supergraph is at fault. */
export async function startPlannerThread(options: PlannerThreadOptions): Promise<{ thread: PlannerThread; apiSdl: string }> {
  const { sdl, known, program, maxHeapMegabytes, startLimitMilliseconds, signal } = options;
  signal.throwIfAborted();
  const workerData: PlanningThreadData = { sdl, known };
  // Of young objects Node would let it keep 192 MB before it looks; with 16 it plans as fast.
  const resourceLimits = { maxOldGenerationSizeMb: maxHeapMegabytes, maxYoungGenerationSizeMb: 16 };
  const worker = new Worker(program, { name: 'planner', workerData, resourceLimits });
  const talk = threadTalk(worker);

  const patience = AbortSignal.any([signal, AbortSignal.timeout(startLimitMilliseconds)]);
  const giveUp = () => void worker.terminate();
  patience.addEventListener('abort', giveUp, { once: true });
  try {
    const opening = await talk.next<Opening>();
    if (opening.kind === 'refused') throw new OperatorError(`The supergraph cannot be used:\n${opening.message}`);
    return { apiSdl: opening.apiSdl, thread: toThread(worker, talk) };
  } catch (error) {
    await worker.terminate();
    signal.throwIfAborted();
    throw patience.aborted ? new OperatorError(`The planner did not read the supergraph within ${startLimitMilliseconds} ms.`, { cause: error }) : error;
  } finally {
    patience.removeEventListener('abort', giveUp);
  }
}

function toThread(worker: Worker, talk: ThreadTalk): PlannerThread {
  return {
    async plan(operation) {
      const next = talk.next<PlanAnswer>();
      worker.postMessage(operation);
      const answer = await next;
      if (answer.kind === 'planned') return JSON.parse(answer.plan) as QueryPlan;
      throw new PlanningError(answer.fault, answer.message, { cause: answer.detail });
    },
    ended: talk.ended,
    async end() {
      await worker.terminate();
    },
  };
}

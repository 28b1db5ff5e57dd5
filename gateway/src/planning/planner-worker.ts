import { parentPort, workerData } from 'node:worker_threads';
import { GraphQLError } from 'graphql';
import { buildPlanner, type ThreadPlanner } from './build-planner.ts';
import { tooComplex } from './planning-error.ts';
import type { Opening, PlanAnswer, PlanningThreadData } from './worker-messages.ts';

// A thread that plans: says once how it found the supergraph, then answers each operation with its plan.

const port = parentPort;
if (!port) throw new Error('planner-worker.ts runs as a worker thread only');

const tooManyWays = /^(Too many options generated|Number of non-local selections|Exceeded maximum recursive selections)/;

try {
  const { sdl, known } = workerData as PlanningThreadData;
  const planner = buildPlanner(sdl, { known });
  port.on('message', (operation: string) => port.postMessage(answer(planner, operation)));
  port.postMessage({ kind: 'ready', apiSdl: planner.apiSdl } satisfies Opening);
} catch (error) {
  port.postMessage({ kind: 'refused', message: messageOf(error) } satisfies Opening);
}

function answer(planner: ThreadPlanner, operation: string): PlanAnswer {
  try {
    return { kind: 'planned', plan: JSON.stringify(planner.plan(operation)) };
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    // A stack that overflows belongs to an operation that is nested too deeply.
    if (error instanceof RangeError || tooManyWays.test(messageOf(error))) {
      return { kind: 'unplannable', fault: 'too-complex', message: tooComplex, detail };
    }
    // Errors of GraphQL are about the operation; others may tell of the inside.
    const message = error instanceof GraphQLError ? error.message : 'This operation cannot be planned.';
    return { kind: 'unplannable', fault: 'impossible', message, detail };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import type { Random } from '@forge/demo-data';
import { askPeople, untilRunning } from './ask-people.ts';
import { renewStepLease, report, type Attempt, type Reported, type UserError } from './attempt.ts';
import type { Graph } from './graph.ts';
import { handOn } from './hand-on.ts';
import { makeArtifacts, makeError, makeOutput, makeUsage } from './make-report.ts';
import { pause } from './pause.ts';
import { count, type Tally } from './tally.ts';

/** How the agents of a runtime work. */
export interface Manner {
  /** How many times faster than people would believe. */
  readonly speed: number;
  /** The share of attempts that fail. */
  readonly fail: number;
  /** Whether there are people to ask. */
  readonly people: boolean;
  readonly leaseSeconds: number;
}

export interface Worker {
  readonly runtimeId: string;
  readonly graph: Graph;
  readonly random: Random;
  readonly tally: Tally;
  readonly manner: Manner;
  readonly modelIds: readonly string[];
  /** Aborted when there is no more time: what is under way is left as it is. */
  readonly signal: AbortSignal;
}

/** Carries an attempt out, from the report that it has begun to the one of its end. */
export async function workOn(worker: Worker, attempt: Attempt): Promise<void> {
  const { random, manner, tally } = worker;
  const startedAt = new Date();
  if (attempt.status === 'HELD' && !(await untilRunning(worker, attempt.id))) return;
  if (attempt.status === 'DISPATCHED' && !(await begin(worker, attempt))) return;
  // A model takes from 5 to 90 seconds over a step.
  const milliseconds = random.int(5_000, 90_000) / manner.speed;
  if (!(await work(worker, attempt, milliseconds / 2))) return;
  if (manner.people && random.chance(0.03) && !(await askPeople(worker, attempt))) return;
  if (!(await work(worker, attempt, milliseconds / 2))) return;

  const usage = makeUsage(random, keyOf(worker, attempt, 'usage'), random.pick(worker.modelIds), startedAt, new Date());
  const { runId, stepId, outputs, run: { runType } } = attempt;
  if (random.chance(manner.fail)) {
    if (await send(worker, attempt, 'Failed', { usage, error: makeError(random) })) tally.stepsFailed++;
    return;
  }
  const handoffs = await handOn(worker.graph, random, runType, runId, stepId);
  const report = { usage, handoffs, artifacts: makeArtifacts(random, runId, stepId), output: makeOutput(random, stepId, outputs) };
  if (await send(worker, attempt, 'Completed', report)) tally.stepsCompleted++;
}

/** Reports that it has begun; waits for as long as it is the agent's turn to do other work first. False when nothing is to be done. */
async function begin(worker: Worker, attempt: Attempt): Promise<boolean> {
  const until = Date.now() + worker.manner.leaseSeconds * 1_000;
  for (;;) {
    const { accepted, userErrors } = await reported(worker, attempt, 'Started', {});
    if (!userErrors.some(({ code }) => code === 'LIMIT_REACHED')) return settled(worker, 'Started', accepted, userErrors);
    if (Date.now() > until || worker.signal.aborted) return false;
    await pause(200 + worker.random.int(0, 200), worker.signal);
  }
}

/** Takes its time, and keeps the lease meanwhile. False when the attempt is not this worker's any more. */
async function work({ graph, manner, tally, signal }: Worker, { id }: Attempt, milliseconds: number): Promise<boolean> {
  const renewEvery = (manner.leaseSeconds * 1_000) / 3;
  for (let left = milliseconds; left > 0; left -= renewEvery) {
    await pause(Math.min(left, renewEvery), signal);
    if (signal.aborted) return false;
    if (left <= renewEvery) return true;
    const { answer: { userErrors } } = await graph.ask<{ answer: { userErrors: readonly UserError[] } }>(renewStepLease, { input: { stepResultId: id, leaseSeconds: manner.leaseSeconds } });
    if (userErrors.length > 0) {
      tally.late++;
      return false;
    }
    tally.renewals++;
  }
  return true;
}

async function send(worker: Worker, attempt: Attempt, what: 'Completed' | 'Failed', input: object): Promise<boolean> {
  const { accepted, userErrors } = await reported(worker, attempt, what, input);
  return settled(worker, what, accepted, userErrors);
}

/** A report is made with the same key however often it has to be sent. */
async function reported(worker: Worker, attempt: Attempt, what: 'Started' | 'Completed' | 'Failed', input: object): Promise<Reported> {
  const { answer } = await worker.graph.ask<{ answer: Reported }>(report(what), { input: { ...input, stepResultId: attempt.id, callbackKey: keyOf(worker, attempt, what) } });
  return answer;
}

function settled({ tally }: Worker, what: string, accepted: boolean, userErrors: readonly UserError[]): boolean {
  for (const { code, message } of userErrors) count(tally.refusals, `reportStep${what}: ${code}, ${message}`);
  if (userErrors.length === 0 && !accepted) tally.late++;
  return accepted;
}

function keyOf({ runtimeId }: Worker, { id }: Attempt, what: string): string {
  return `${runtimeId}:${id}:${what}`;
}

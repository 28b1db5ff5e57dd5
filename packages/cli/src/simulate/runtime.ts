import { attemptFields, claimSteps, type Attempt, type UserError } from './attempt.ts';
import type { Book } from './book.ts';
import { outlive } from './outlive.ts';
import { pause } from './pause.ts';
import { reportHealth, reportHealthEvery } from './report-health.ts';
import { count } from './tally.ts';
import { workOn, type Worker } from './work-on.ts';

export interface Runtime extends Worker {
  readonly gatewayIds: readonly string[];
  readonly book: Book;
  /** Attempts of one gateway that are carried out at a time. */
  readonly width: number;
  /** Aborted when nothing more is to be claimed; what is under way goes on. */
  readonly stopping: AbortSignal;
}

/** Takes work for its gateways and does it, until it is to stop and all that it has taken is done. */
export async function runRuntime(runtime: Runtime): Promise<void> {
  await Promise.all(runtime.gatewayIds.map((gatewayId) => serve(runtime, gatewayId)));
}

const firstWait = 25;
const longestWait = 500;

async function serve(runtime: Runtime, gatewayId: string): Promise<void> {
  const { stopping, random, tally, width } = runtime;
  const [atWork, besides] = [new Set<Promise<void>>(), new Set<Promise<void>>()];
  let [adoptAt, healthAt] = [0, 0];
  for (let idle = 0; !stopping.aborted; ) {
    if (Date.now() >= healthAt) {
      await outlive(tally, undefined, () => reportHealth(runtime, gatewayId));
      healthAt = Date.now() + reportHealthEvery;
    }
    if (Date.now() >= adoptAt) {
      begin(runtime, await outlive(tally, [], () => adopt(runtime, gatewayId)), besides);
      adoptAt = Date.now() + adoptEvery;
    }
    if (atWork.size >= width) {
      await Promise.race(atWork);
      continue;
    }
    const attempts = await outlive(tally, [], () => claim(runtime, gatewayId, width - atWork.size));
    begin(runtime, attempts, atWork);
    idle = attempts.length > 0 ? 0 : idle + 1;
    if (idle > 0) await pause(Math.min(firstWait * 2 ** (idle - 1), longestWait) * (0.5 + random.next() / 2), stopping);
  }
  await Promise.all([...atWork, ...besides]);
}

function begin(runtime: Runtime, attempts: readonly Attempt[], atWork: Set<Promise<void>>): void {
  for (const attempt of attempts) {
    const work: Promise<void> = outlive(runtime.tally, undefined, () => workOn(runtime, attempt)).finally(() => atWork.delete(work));
    atWork.add(work);
  }
}

/** The attempts that are this runtime's now, less those that have ended since the claim was first made. */
async function claim({ graph, runtimeId, manner, book, tally }: Runtime, gatewayId: string, max: number): Promise<readonly Attempt[]> {
  const callbackKey = `${runtimeId}:claim:${crypto.randomUUID()}`;
  const { answer } = await graph.ask<{ answer: { stepResults: readonly Attempt[] | null; userErrors: readonly UserError[] } }>(claimSteps, {
    input: { gatewayId, max, leaseSeconds: manner.leaseSeconds, callbackKey },
  });
  for (const { code, message } of answer.userErrors) count(tally.refusals, `claimSteps: ${code}, ${message}`);
  return (answer.stepResults ?? []).filter(({ id, stepId, runId, status }) => {
    if (status !== 'DISPATCHED') return false;
    tally.stepsClaimed++;
    if (book.handOut(id, callbackKey)) return true;
    tally.doubled.push(`${id} (${stepId} of ${runId})`);
    return false;
  });
}

/** Longer than the leases that runtimes of this kind take, and renew. */
const silenceMilliseconds = 75_000;
const adoptEvery = 15_000;

/** The attempts at a gateway that its runtimes had begun and are not there for any more, as after a restart: they would keep their agents busy. */
async function adopt({ graph, book, tally }: Runtime, gatewayId: string): Promise<readonly Attempt[]> {
  const { stepResults: { nodes } } = await graph.ask<{ stepResults: { nodes: readonly Attempt[] } }>(orphans, { gatewayId, before: new Date(Date.now() - silenceMilliseconds).toISOString() });
  const adopted = nodes.filter(({ id }) => book.handOut(id, 'adopted'));
  tally.stepsClaimed += adopted.length;
  return adopted;
}

const orphans = `query ($gatewayId: ID!, $before: DateTime!) {
  stepResults(first: 100, where: { gatewayId: { eq: $gatewayId }, updatedAt: { lt: $before }, OR: [{ status: { in: [DISPATCHED, RUNNING] } }, { heldFor: { eq: HUMAN_INPUT } }] }) {
    nodes { ${attemptFields} }
  }
}`;

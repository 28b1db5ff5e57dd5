import { attemptFields, claimSteps, type Attempt, type UserError } from './attempt.ts';
import type { Book } from './book.ts';
import { outlive } from './outlive.ts';
import { pause } from './pause.ts';
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
  const atWork = new Set<Promise<void>>();
  const take = (attempts: readonly Attempt[]) => {
    for (const attempt of attempts) {
      const work: Promise<void> = outlive(tally, undefined, () => workOn(runtime, attempt)).finally(() => atWork.delete(work));
      atWork.add(work);
    }
  };
  take(await outlive(tally, [], () => adopt(runtime, gatewayId)));
  for (let idle = 0; !stopping.aborted; ) {
    if (atWork.size >= width) {
      await Promise.race(atWork);
      continue;
    }
    const attempts = await outlive(tally, [], () => claim(runtime, gatewayId, width - atWork.size));
    take(attempts);
    idle = attempts.length > 0 ? 0 : idle + 1;
    if (idle > 0) await pause(Math.min(firstWait * 2 ** (idle - 1), longestWait) * (0.5 + random.next() / 2), stopping);
  }
  await Promise.all(atWork);
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

/** No claim gives a lease this long, in milliseconds: the demo data does, to attempts that are nobody's. They would keep their agents busy. */
const longestLease = 3_600_000;

async function adopt({ graph, book, tally }: Runtime, gatewayId: string): Promise<readonly Attempt[]> {
  const operation = `query ($gatewayId: ID!, $from: DateTime!) {
    stepResults(where: { gatewayId: { eq: $gatewayId }, status: { in: [DISPATCHED, RUNNING] }, leaseExpiresAt: { gt: $from } }, first: 100) { nodes { ${attemptFields} } }
  }`;
  const { stepResults: { nodes } } = await graph.ask<{ stepResults: { nodes: readonly Attempt[] } }>(operation, { gatewayId, from: new Date(Date.now() + longestLease).toISOString() });
  const adopted = nodes.filter(({ id }) => book.handOut(id, 'adopted'));
  tally.stepsClaimed += adopted.length;
  return adopted;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Ask, ChainWorld } from './chain-world.ts';

export interface Load {
  readonly ask: Ask;
  readonly world: ChainWorld;
  /** Aborted when no more runs are to be started. */
  readonly stopping: AbortSignal;
  /** Runs under way; the runtimes end with the last of them. */
  readonly open: Set<string>;
}

const claimed = 20;
const pollMilliseconds = 10;
let keys = 0;

/** Takes what is ready at a gateway, does it in no time, with one LLM call, and starts another run for each that ends. */
export async function runAtOnce(load: Load, gatewayId: string): Promise<void> {
  const { ask, stopping, open } = load;
  const atWork = new Set<Promise<void>>();
  while (!stopping.aborted || open.size > 0) {
    const { claimSteps: { stepResults } } = await ask<{ claimSteps: { stepResults: { id: string }[] } }>(
      'mutation ($input: ClaimStepsInput!) { claimSteps(input: $input) { stepResults { id } userErrors { message } } }', { input: { gatewayId, max: claimed, leaseSeconds: 60, callbackKey: `claim-${keys++}` } });
    for (const { id } of stepResults) {
      const work: Promise<void> = carryOut(load, id).finally(() => atWork.delete(work));
      atWork.add(work);
    }
    if (stepResults.length === 0) await sleep(pollMilliseconds);
    else if (atWork.size >= claimed) await Promise.race(atWork);
  }
  await Promise.all(atWork);
}

async function carryOut(load: Load, stepResultId: string): Promise<void> {
  const { ask, world: { modelId }, stopping, open } = load;
  await ask('mutation ($input: ReportStepStartedInput!) { reportStepStarted(input: $input) { userErrors { message } } }', { input: { stepResultId, callbackKey: `${stepResultId}-started` } });
  const usage = [{ idempotencyKey: `${stepResultId}-call`, occurredAt: new Date().toISOString(), modelId, inputTokens: 1_200, outputTokens: 340 }];
  const { reportStepCompleted: { stepResult: { runId, run } } } = await ask<{ reportStepCompleted: { stepResult: { runId: string; run: { status: string } } } }>(
    'mutation ($input: ReportStepCompletedInput!) { reportStepCompleted(input: $input) { stepResult { runId run { status } } userErrors { message } } }',
    { input: { stepResultId, callbackKey: `${stepResultId}-completed`, output: { text: 'done' }, usage } });
  if (run.status !== 'COMPLETED') return;
  if (!stopping.aborted) await startRun(load);
  open.delete(runId);
}

export async function startRun({ ask, world: { targets }, open }: Load): Promise<void> {
  const target = targets[keys++ % targets.length];
  const { startRun: { run } } = await ask<{ startRun: { run: { id: string } } }>('mutation ($input: StartRunInput!) { startRun(input: $input) { run { id } userErrors { message } } }', { input: { ...target, idempotencyKey: `run-${keys}` } });
  open.add(run.id);
}

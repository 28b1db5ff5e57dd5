import { newId } from '@forge/subgraph-kit';
import { parseDefinition } from '../definition/parse-definition.ts';
import type { StepError } from '../definition/plan-types.ts';
import type { Attempt } from '../engine/attempts.ts';
import { endAttempt } from '../engine/end-attempt.ts';
import { endRun } from '../engine/end-run.ts';
import type { LockedRun, Tx } from '../engine/run.ts';

interface Rejected {
  readonly stepId: string;
  readonly source: 'WORKFLOW' | 'POLICY' | 'ESCALATION';
  readonly summary: string;
  readonly comment: string | null;
  /** Those of the step. */
  readonly attempts: readonly Attempt[];
  readonly open: Attempt | undefined;
}

/**
 * Sees to it that a step does not go on, of whatever it is at: what is under way fails, and its on_failure says what follows;
 * what has not begun has failed when its turn comes; what is done already fails the run, since nothing may build on it. After
 * an escalation the plan knows what follows. Answers whether the run goes on.
 */
export async function reject(tx: Tx, run: LockedRun, { stepId, source, summary, comment, attempts, open }: Rejected, now: Date): Promise<boolean> {
  const error: StepError = { code: 'REJECTED', message: `Rejected: ${comment ?? summary}`, retryable: false };
  if (open) {
    await endAttempt(tx, run, open, { status: 'FAILED', error }, now);
  } else if (source !== 'ESCALATION' && attempts.length === 0 && hasTurn(run, stepId)) {
    await failUnbegun(tx, run, stepId, error, now);
  } else if (source !== 'ESCALATION' && attempts.some(({ status }) => status === 'COMPLETED')) {
    await endRun(tx, run, { status: 'FAILED', failure: { ...error, stepId } }, now);
    return false;
  }
  return true;
}

/** In a delegated run a step that depends on others begins by a handoff, and each of those is a matter of its own. */
function hasTurn({ runType, definition }: LockedRun, stepId: string): boolean {
  return runType === 'PRESCRIPTIVE' || parseDefinition(definition).steps.some(({ id, dependsOn }) => id === stepId && dependsOn.length === 0);
}

async function failUnbegun(tx: Tx, { orgId, id: runId, gatewayId }: LockedRun, stepId: string, error: StepError, now: Date): Promise<void> {
  const { _max: { attempt } } = await tx.stepResult.aggregate({ where: { orgId, runId, stepId }, _max: { attempt: true } });
  await tx.stepResult.createMany({ data: { id: newId('StepResult', now), orgId, runId, stepId, gatewayId, attempt: (attempt ?? 0) + 1, status: 'FAILED', error: { ...error }, createdAt: now } });
}

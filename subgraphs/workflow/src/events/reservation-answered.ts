import type { DomainEvent } from '@forge/events';
import { advanceRun } from '../engine/advance-run.ts';
import { attemptOf } from '../engine/attempts.ts';
import { endAttempt } from '../engine/end-attempt.ts';
import { lockRun, type Tx } from '../engine/run.ts';
import { settle } from '../engine/settle.ts';

/** What the budgets cover is ready to be claimed; what they do not cover fails, and the step's on_failure says what follows. */
export async function reservationAnswered(tx: Tx, { orgId, data }: DomainEvent<'budget.reservation.answered'>, now: Date): Promise<void> {
  const run = await lockRun(tx, orgId, data.runId);
  if (!run) return;
  const attempt = await attemptOf(tx, run, data.stepResultId);
  // Called off meanwhile; the end of the attempt releases what was reserved for it.
  if (attempt.heldFor !== 'BUDGET') return;
  if (data.granted) {
    await tx.stepResult.updateMany({ where: { orgId, id: attempt.id }, data: { status: 'PENDING', heldFor: null } });
    // With an attempt under way there is nothing new to plan.
    return settle(tx, run, null);
  }
  await endAttempt(tx, run, attempt, { status: 'FAILED', error: { code: 'BUDGET_EXCEEDED', message: data.reason ?? 'A budget does not cover it.', retryable: false } }, now);
  await advanceRun(tx, run, now);
}

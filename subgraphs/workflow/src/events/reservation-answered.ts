import type { DomainEvent } from '@forge/events';
import { advanceRun } from '../engine/advance-run.ts';
import { attemptOf } from '../engine/attempts.ts';
import { endAttempt } from '../engine/end-attempt.ts';
import { lockRun, type Tx } from '../engine/run.ts';

/** What the budgets cover is ready to be claimed; what they do not cover fails, and the step's on_failure says what follows. */
export async function reservationAnswered(tx: Tx, { orgId, data }: DomainEvent<'budget.reservation.answered'>, now: Date): Promise<void> {
  const run = await lockRun(tx, orgId, data.runId);
  if (!run) return;
  const attempt = await attemptOf(tx, run, data.stepResultId);
  // Called off meanwhile; the end of the attempt releases what was reserved for it.
  if (attempt.heldFor !== 'BUDGET') return;
  if (data.granted) await tx.stepResult.update({ where: { orgId_id: { orgId, id: attempt.id } }, data: { status: 'PENDING', heldFor: null } });
  else await endAttempt(tx, run, attempt, { status: 'FAILED', error: { code: 'BUDGET_EXCEEDED', message: data.reason ?? 'A budget does not cover it.', retryable: false } }, now);
  await advanceRun(tx, orgId, run.id, now);
}

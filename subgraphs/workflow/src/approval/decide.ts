import { advanceRun } from '../engine/advance-run.ts';
import { attemptsOf } from '../engine/attempts.ts';
import { requestReservation } from '../engine/begin-attempt.ts';
import { endAttempt } from '../engine/end-attempt.ts';
import type { LockedRun, Tx } from '../engine/run.ts';

export interface Decision {
  readonly approve: boolean;
  /** Null when the system decides. */
  readonly resolvedById: string | null;
  readonly comment: string | null;
}

/** Decides an approval of a locked run, and carries the run on; false when it has been decided already. */
export async function decide(tx: Tx, run: LockedRun, id: string, { approve, resolvedById, comment }: Decision, now: Date): Promise<boolean> {
  const { orgId } = run;
  const [approval] = await tx.approval.updateManyAndReturn({
    where: { orgId, id, runId: run.id, status: 'PENDING' }, data: { status: approve ? 'APPROVED' : 'REJECTED', resolvedById, resolvedAt: now, comment },
  });
  if (!approval) return false;
  const open = (await attemptsOf(tx, run)).find(({ stepId, status }) => stepId === approval.stepId && ['HELD', 'PENDING', 'DISPATCHED', 'RUNNING'].includes(status));
  // After an escalation there is none: what follows is planned anew.
  if (open && !approve) {
    const message = comment === null ? `Rejected: ${approval.summary}` : `Rejected: ${comment}`;
    await endAttempt(tx, run, open, { status: 'FAILED', error: { code: 'REJECTED', message, retryable: false } }, now);
  } else if (open?.heldFor === 'APPROVAL' && approval.stepResultId === open.id) {
    await tx.stepResult.update({ where: { orgId_id: { orgId, id: open.id } }, data: { heldFor: 'BUDGET' } });
    await requestReservation(tx, run, { id: open.id, agentId: open.agentId, reserveCents: open.reserveCents ?? '0' });
  }
  await advanceRun(tx, orgId, run.id, now);
  return true;
}

import { advanceRun } from '../engine/advance-run.ts';
import { attemptsOf, type Attempt } from '../engine/attempts.ts';
import { requestReservations } from '../engine/request-reservations.ts';
import type { LockedRun, Tx } from '../engine/run.ts';
import { isOver } from '../step-result/step-result.rules.ts';
import { reject } from './reject.ts';

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
  const attempts = (await attemptsOf(tx, run)).filter(({ stepId }) => stepId === approval.stepId);
  const open = attempts.find(({ status }) => !isOver(status));
  if (!approve) {
    const goesOn = await reject(tx, run, { ...approval, attempts, open, comment }, now);
    if (!goesOn) return true;
  } else if (approval.source === 'WORKFLOW' && approval.stepResultId === open?.id) {
    await letBegin(tx, run, open);
  }
  await advanceRun(tx, run, now);
  return true;
}

async function letBegin(tx: Tx, run: LockedRun, attempt: Attempt): Promise<void> {
  const { count } = await tx.stepResult.updateMany({ where: { orgId: run.orgId, id: attempt.id, heldFor: 'APPROVAL' }, data: { heldFor: 'BUDGET' } });
  if (count > 0) await requestReservations(tx, run, [attempt]);
}

import type { Prisma } from '@forge/prisma-workflow';
import { addJob } from '@forge/jobs';
import { advanceRun } from '../engine/advance-run.ts';
import { attemptsOf } from '../engine/attempts.ts';
import type { LockedRun, Tx } from '../engine/run.ts';
import { expireLeasesTask } from '../jobs/expire-leases.ts';

export type Closing = { readonly status: 'ANSWERED'; readonly response: Prisma.InputJsonValue; readonly answeredById: string | null } | { readonly status: 'EXPIRED' | 'CANCELLED' };

/**
 * Closes a question of a locked run; false when it is closed already. With its last question closed the attempt is RUNNING
 * again, with its whole timeout before it.
 */
export async function closeQuestion(tx: Tx, run: LockedRun, id: string, closing: Closing, now: Date): Promise<boolean> {
  const { orgId, id: runId } = run;
  const [closed] = await tx.humanInputRequest.updateManyAndReturn({ where: { orgId, id, runId, status: 'PENDING' }, data: { ...closing, ...(closing.status === 'ANSWERED' && { answeredAt: now }) } });
  if (!closed) return false;
  const stillAsked = await tx.humanInputRequest.count({ where: { orgId, runId, stepId: closed.stepId, status: 'PENDING' } });
  const held = (await attemptsOf(tx, run)).find(({ stepId, heldFor }) => stepId === closed.stepId && heldFor === 'HUMAN_INPUT');
  if (held && stillAsked === 0) {
    const leaseExpiresAt = new Date(now.getTime() + (held.timeoutSeconds ?? 600) * 1000);
    await tx.stepResult.update({ where: { orgId_id: { orgId, id: held.id } }, data: { status: 'RUNNING', heldFor: null, claimedAt: now, leaseExpiresAt } });
    await addJob(tx, expireLeasesTask, {}, leaseExpiresAt);
  }
  await advanceRun(tx, run, now);
  return true;
}

import { Prisma } from '@forge/prisma-workflow';
import { attemptsOf } from '../engine/attempts.ts';
import { endAttempt } from '../engine/end-attempt.ts';
import { closeQuestions } from '../engine/questions.ts';
import type { LockedRun, Tx } from '../engine/run.ts';
import { isOver } from '../step-result/step-result.rules.ts';
import type { Place } from './place-in-run.ts';

/**
 * Has a locked run be at a place again: what came after it is forgotten, what an earlier rewind has forgotten of what came
 * before is there again. What is forgotten stays to be looked at, and what it cost is spent.
 */
export async function forget(tx: Tx, run: LockedRun, { attempts, handoffs, keptAttempts, keptHandoffs }: Place, now: Date): Promise<void> {
  const { orgId, id } = run;
  const [kept, keptOnes] = [new Set(keptAttempts.map((each) => each.id)), new Set(keptHandoffs.map((each) => each.id))];
  const forgotten = (await attemptsOf(tx, run)).filter((each) => !kept.has(each.id));
  for (const attempt of forgotten) if (!isOver(attempt.status)) await endAttempt(tx, run, attempt, { status: 'CANCELLED' }, now);
  await closeQuestions(tx, run, { stepId: { in: [...new Set(forgotten.map(({ stepId }) => stepId))] } }, 'The run was rewound.', now);
  await tx.stepResult.updateMany({ where: { orgId, id: { in: forgotten.map((each) => each.id) } }, data: { clearedAt: now } });
  await tx.stepResult.updateMany({ where: { orgId, id: { in: attempts.filter((each) => each.clearedAt && kept.has(each.id)).map((each) => each.id) } }, data: { clearedAt: null } });
  await tx.handoff.updateMany({ where: { orgId, id: { in: handoffs.filter((each) => !each.clearedAt && !keptOnes.has(each.id)).map((each) => each.id) } }, data: { clearedAt: now } });
  await tx.handoff.updateMany({ where: { orgId, id: { in: handoffs.filter((each) => each.clearedAt && keptOnes.has(each.id)).map((each) => each.id) } }, data: { clearedAt: null } });
  await tx.workflowRun.updateMany({
    where: { orgId, id }, data: { status: 'RUNNING', completedAt: null, failureSnapshot: Prisma.DbNull, pendingApprovals: 0, pendingHumanInputs: 0, waitingReason: null },
  });
}

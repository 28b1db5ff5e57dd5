import type { PrismaClient } from '@forge/prisma-workflow';
import { endRun } from '../engine/end-run.ts';
import { inRun } from '../engine/run.ts';
import { hasEnded } from '../workflow-run/workflow-run.rules.ts';
import { inPages } from './in-pages.ts';

/** Fails every run that has taken longer than its guardrails allow. Answers how many. */
export function stopOverdueRuns(prisma: PrismaClient, now: Date): Promise<number> {
  const take = (limit: number, failed: readonly string[]) => prisma.workflowRun.findMany({
    where: { deadlineAt: { lte: now }, completedAt: null, id: { notIn: [...failed] } }, select: { orgId: true, id: true }, orderBy: { deadlineAt: 'asc' }, take: limit,
  });
  return inPages(take, ({ orgId, id }) => inRun(prisma, orgId, id, async (tx, run) => {
    if (hasEnded(run.status)) return;
    const message = `The run took longer than the ${run.guardrails?.maxDurationMs} ms that its guardrails allow.`;
    await endRun(tx, run, { status: 'FAILED', failure: { code: 'MAX_DURATION_EXCEEDED', message, stepId: null } }, now);
  }));
}

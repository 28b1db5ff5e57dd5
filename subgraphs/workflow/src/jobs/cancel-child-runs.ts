import type { PrismaClient } from '@forge/prisma-workflow';
import { endRun } from '../engine/end-run.ts';
import { inRun } from '../engine/run.ts';
import { hasEnded } from '../workflow-run/workflow-run.rules.ts';
import { inPages } from './in-pages.ts';

/** Calls off what a run had started, since it has ended before its time; their own children follow by their own jobs. Answers how many. */
export function cancelChildRuns(prisma: PrismaClient, { orgId, parentRunId }: { orgId: string; parentRunId: string }, now: Date): Promise<number> {
  const take = (limit: number, failed: readonly string[]) => prisma.workflowRun.findMany({ where: { orgId, parentRunId, completedAt: null, id: { notIn: [...failed] } }, select: { id: true }, take: limit });
  return inPages(take, ({ id }) => inRun(prisma, orgId, id, async (tx, run) => {
    if (!hasEnded(run.status)) await endRun(tx, run, { status: 'CANCELLED', reason: `The run that started it, ${parentRunId}, has ended.` }, now);
  }));
}

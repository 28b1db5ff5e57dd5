import type { PrismaClient } from '@forge/prisma-workflow';
import { advanceRun } from '../engine/advance-run.ts';
import { inRun } from '../engine/run.ts';
import { inPages } from './in-pages.ts';

export const beginPendingRunsTask = 'begin-pending-runs';

/** Begins the runs that were only written down, as the scheduler does. Answers how many. */
export function beginPendingRuns(prisma: PrismaClient, now: Date): Promise<number> {
  const take = (limit: number, failed: readonly string[]) => prisma.workflowRun.findMany({
    where: { status: 'PENDING', id: { notIn: [...failed] } }, select: { orgId: true, id: true }, orderBy: { createdAt: 'asc' }, take: limit,
  });
  return inPages(take, ({ orgId, id }) => inRun(prisma, orgId, id, (tx, run) => advanceRun(tx, run, now)));
}

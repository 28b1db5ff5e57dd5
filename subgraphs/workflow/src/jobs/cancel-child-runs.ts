import type { PrismaClient } from '@forge/prisma-workflow';
import { z } from 'zod';
import { endRun } from '../engine/end-run.ts';
import { inRun } from '../engine/run.ts';
import { hasEnded } from '../workflow-run/workflow-run.rules.ts';
import { inPages } from './in-pages.ts';

const payloadRules = z.object({ orgId: z.string(), parentRunId: z.string(), startedBy: z.coerce.date() });

/** Calls off what a run had started, since it has ended before its time; their own children follow by their own jobs. Answers how many. */
export async function cancelChildRuns(prisma: PrismaClient, payload: unknown, now: Date): Promise<number> {
  const { orgId, parentRunId, startedBy } = payloadRules.parse(payload);
  const parent = await prisma.workflowRun.findUnique({ where: { orgId_id: { orgId, id: parentRunId } }, select: { completedAt: true } });
  // A parent that was rewound meanwhile may have started others, which stay.
  const those = parent?.completedAt === null ? { createdAt: { lte: startedBy } } : {};
  const take = (limit: number, failed: readonly string[]) => prisma.workflowRun.findMany({
    where: { orgId, parentRunId, completedAt: null, ...those, id: { notIn: [...failed] } }, select: { id: true }, orderBy: { createdAt: 'asc' }, take: limit,
  });
  return inPages(take, ({ id }) => inRun(prisma, orgId, id, async (tx, run) => {
    if (!hasEnded(run.status)) await endRun(tx, run, { status: 'CANCELLED', reason: `The run that started it, ${parentRunId}, has ended.` }, now);
  }));
}

import type { PrismaClient } from '@forge/prisma-workflow';
import { inRun } from '../engine/run.ts';
import { closeQuestion } from '../human-input-request/close-question.ts';
import { inPages } from './in-pages.ts';

/** Closes the questions that nobody needs to answer any more; their steps go on without. Answers how many. */
export function expireHumanInputs(prisma: PrismaClient, now: Date): Promise<number> {
  const take = (limit: number, failed: readonly string[]) => prisma.humanInputRequest.findMany({
    where: { status: 'PENDING', expiresAt: { lte: now }, id: { notIn: [...failed] } }, select: { orgId: true, id: true, runId: true }, orderBy: { expiresAt: 'asc' }, take: limit,
  });
  return inPages(take, ({ orgId, id, runId }) => inRun(prisma, orgId, runId, (tx, run) => closeQuestion(tx, run, id, { status: 'EXPIRED' }, now)));
}

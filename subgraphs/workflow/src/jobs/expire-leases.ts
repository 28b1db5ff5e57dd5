import type { PrismaClient } from '@forge/prisma-workflow';
import { advanceRun } from '../engine/advance-run.ts';
import { attemptOf } from '../engine/attempts.ts';
import { endAttempt } from '../engine/end-attempt.ts';
import { inRun } from '../engine/run.ts';
import { inPages } from './in-pages.ts';

export const expireLeasesTask = 'expire-leases';

/** Gives up every attempt whose lease ran out by `now`; what follows is the step's on_failure. Answers how many. */
export function expireLeases(prisma: PrismaClient, now: Date): Promise<number> {
  const take = (limit: number, seen: readonly string[]) => prisma.stepResult.findMany({
    where: { leaseExpiresAt: { lte: now }, id: { notIn: [...seen] } }, select: { orgId: true, id: true, runId: true }, orderBy: { leaseExpiresAt: 'asc' }, take: limit,
  });
  return inPages(take, ({ orgId, id, runId }) => inRun(prisma, orgId, runId, async (tx, run) => {
    // Behind the locks: it may have been renewed or reported meanwhile.
    const attempt = await attemptOf(tx, run, id);
    if (attempt.leaseExpiresAt === null || attempt.leaseExpiresAt > now) return;
    const message = attempt.status === 'DISPATCHED' ? 'Its gateway claimed it and did not begin in time.' : 'No result came before its lease ran out.';
    await endAttempt(tx, run, attempt, { status: 'TIMED_OUT', error: { code: 'TIMED_OUT', message, retryable: true } }, now);
    await advanceRun(tx, run, now);
  }));
}

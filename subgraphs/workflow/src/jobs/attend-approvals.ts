import { publish } from '@forge/events';
import type { PrismaClient } from '@forge/prisma-workflow';
import { decide } from '../approval/decide.ts';
import { inRun } from '../engine/run.ts';
import { inPages } from './in-pages.ts';

const hour = 3_600_000;
/** When people are reminded of what they have not decided, from when they were asked. */
const reminders = [1 * hour, 24 * hour, 72 * hour];
const rejectedAfter = 7 * 24 * hour;

interface Waiting {
  readonly orgId: string;
  readonly id: string;
  readonly runId: string;
}

/** Reminds people of open approvals 1, 24 and 72 hours after they were asked, and rejects what nobody has decided in 7 days. */
export async function attendApprovals(prisma: PrismaClient, now: Date): Promise<{ reminded: number; rejected: number }> {
  const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  const select = { orgId: true, id: true, runId: true } as const;

  const rejected = await inPages<Waiting>((take, failed) => prisma.approval.findMany({
    where: { status: 'PENDING', requestedAt: { lte: ago(rejectedAfter) }, id: { notIn: [...failed] } }, select, orderBy: { requestedAt: 'asc' }, take,
  }), ({ orgId, id, runId }) => inRun(prisma, orgId, runId, (tx, run) => decide(tx, run, id, { approve: false, resolvedById: null, comment: 'Nobody decided within 7 days.' }, now)));

  const reminded = await inPages<Waiting>((take, failed) => prisma.approval.findMany({
    where: { status: 'PENDING', id: { notIn: [...failed] }, OR: reminders.map((after, sent) => ({ requestedAt: { lte: ago(after) }, remindersSent: { lte: sent } })) }, select, orderBy: { requestedAt: 'asc' }, take,
  }), (waiting) => remind(prisma, waiting, now));
  return { reminded, rejected };
}

/** One reminder, also where several were missed; of many at once one sends it. */
function remind(prisma: PrismaClient, { orgId, id, runId }: Waiting, now: Date): Promise<void> {
  return prisma.$transaction(async (tx) => {
    const approval = await tx.approval.findUniqueOrThrow({ where: { orgId_id: { orgId, id } } });
    const due = reminders.filter((after) => approval.requestedAt.getTime() + after <= now.getTime()).length;
    const { count } = await tx.approval.updateMany({ where: { orgId, id, status: 'PENDING', remindersSent: { lt: due } }, data: { remindersSent: due } });
    if (count === 0) return;
    const hours = Math.floor((now.getTime() - approval.requestedAt.getTime()) / hour);
    await publish(tx, orgId, {
      type: 'platform.event.occurred', subject: runId,
      data: {
        type: 'approval.reminder', severity: 'INFO', displayLabel: `For ${hours} hours nobody has decided: ${approval.summary}`.slice(0, 500),
        payload: { approvalId: id, reminder: due, channelId: approval.channelId }, runId, agentId: null, gatewayId: null,
      },
    });
  });
}

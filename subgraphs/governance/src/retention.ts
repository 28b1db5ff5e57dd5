import { byAge, type Retention } from '@forge/jobs';
import type { PrismaClient } from '@forge/prisma-governance';
import { countAuditEvents, removeAuditEvents } from './audit-event/audit-retention.ts';

const keptDays = 365;
const earliestAt = (now: Date) => new Date(now.getTime() - keptDays * 86_400_000);

/** What this domain forgets with time. */
export const retention: readonly Retention<PrismaClient>[] = [
  {
    name: 'audit events',
    crontab: '15 3 * * *',
    count: (prisma, now) => countAuditEvents(prisma, earliestAt(now)),
    remove: (prisma, now) => removeAuditEvents(prisma, earliestAt(now), now),
  },
  byAge({ name: 'platform events', crontab: '20 3 * * *', table: 'platformEvents', column: 'occurredAt', days: keptDays }),
];

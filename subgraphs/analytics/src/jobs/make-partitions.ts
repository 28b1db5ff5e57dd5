import type { PrismaClient } from '@forge/prisma-analytics';

export const partitionsCrontab = '30 23 * * *';

const daysAhead = 7;

/** Makes the partitions of tokenEvents for today and the next days, so that no call has to wait for its own. */
export async function makePartitions(prisma: PrismaClient, now: Date): Promise<void> {
  const day = (ahead: number) => new Date(now.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
  await prisma.$queryRaw`SELECT ensure_token_event_partitions(${day(0)}::date, ${day(daysAhead)}::date)::text`;
}

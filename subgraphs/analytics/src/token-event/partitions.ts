import type { PrismaClient } from '@forge/prisma-analytics';

/** Makes sure that the days of some times have a partition in tokenEvents; asks the database once for each day. */
export interface Partitions {
  ensure(times: readonly Date[]): Promise<void>;
}

export function createPartitions(prisma: PrismaClient): Partitions {
  const known = new Set<string>();
  return {
    async ensure(times) {
      const days = new Set(times.map((time) => time.toISOString().slice(0, 10)));
      for (const day of days) {
        if (known.has(day)) continue;
        await prisma.$queryRaw`SELECT ensure_token_event_partitions(${day}::date, ${day}::date)::text`;
        known.add(day);
      }
    },
  };
}

import type { PrismaClient } from '@forge/prisma-analytics';

/** Makes sure that the days of some times have a partition in tokenEvents; asks the database once for each day. */
export interface Partitions {
  ensure(times: readonly Date[]): Promise<void>;
}

/** Days that retention will soon drop, or has dropped, are asked for every time. */
const rememberedDays = 80;

export function createPartitions(prisma: PrismaClient, now: () => Date): Partitions {
  const known = new Set<string>();
  return {
    async ensure(times) {
      const days = new Set(times.map((time) => time.toISOString().slice(0, 10)));
      const oldest = new Date(now().getTime() - rememberedDays * 86_400_000).toISOString().slice(0, 10);
      for (const day of days) {
        if (known.has(day) && day >= oldest) continue;
        await prisma.$queryRaw`SELECT ensure_token_event_partitions(${day}::date, ${day}::date)::text`;
        known.add(day);
      }
    },
  };
}

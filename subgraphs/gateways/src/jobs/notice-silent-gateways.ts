import type { PrismaClient } from '@forge/prisma-gateways';
import { newId } from '@forge/subgraph-kit';
import { silenceMilliseconds } from '../gateway-health-check/gateway-health-check.rules.ts';

const together = 1_000;

/**
 * Makes OFFLINE what has not reported its health for 3 minutes, in every organisation, and writes that into its history. A
 * thousand at a time, each by one replica; one that reports just now is left alone. Answers how many.
 */
export async function noticeSilentGateways(prisma: PrismaClient, now: Date): Promise<number> {
  const before = new Date(now.getTime() - silenceMilliseconds);
  for (let sum = 0; ; ) {
    const count = await takeOffline(prisma, before, now);
    sum += count;
    if (count < together) return sum;
  }
}

function takeOffline(prisma: PrismaClient, before: Date, now: Date): Promise<number> {
  return prisma.$transaction(async (tx) => {
    const silent = await tx.$queryRaw<{ orgId: string; id: string }[]>`
      UPDATE "gatewayRegistry" AS gateway SET "status" = 'OFFLINE'
      FROM (
        SELECT "orgId", "id" FROM "gatewayRegistry" WHERE "status" <> 'OFFLINE' AND "lastSeenAt" <= ${before}
        ORDER BY "lastSeenAt" LIMIT ${together} FOR NO KEY UPDATE SKIP LOCKED
      ) AS silent
      WHERE gateway."orgId" = silent."orgId" AND gateway."id" = silent."id" RETURNING gateway."orgId", gateway."id"`;
    const message = 'no health report for 3 minutes';
    await tx.gatewayHealthCheck.createMany({
      data: silent.map(({ orgId, id }) => ({ id: newId('GatewayHealthCheck'), orgId, gatewayId: id, status: 'OFFLINE', message, checkedAt: now })),
    });
    return silent.length;
  });
}

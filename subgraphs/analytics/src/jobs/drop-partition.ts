import { Prisma, type PrismaClient } from '@forge/prisma-analytics';
import { setTimeout as sleep } from 'node:timers/promises';
import { organisationsIn } from './organisations.ts';
import type { Partition } from './token-event-retention.ts';

const tries = 20;

/** Drops a partition of tokenEvents, and answers whether it was there. Gives up when for 20 seconds there is no moment to do it in. */
export async function dropPartition(prisma: PrismaClient, partition: Partition): Promise<boolean> {
  for (let tried = 1; ; tried++) {
    try {
      return await prisma.$transaction((tx) => drop(tx, partition));
    } catch (error) {
      if (tried === tries || !isLockTimeout(error)) throw error;
      await sleep(500 + Math.random() * 500);
    }
  }
}

/**
 * To drop it needs both tables for itself, as its rows refer to prices. While it waits for those who use them others wait behind it, so
 * it waits shortly: shorter than it takes PostgreSQL to look for a circle (deadlock_timeout, 1 s), so that in one it is this that gives way.
 */
async function drop(tx: Prisma.TransactionClient, { name, end }: Partition): Promise<boolean> {
  await tx.$executeRaw`SET LOCAL lock_timeout = '300ms'`;
  await tx.$executeRaw`LOCK TABLE "priceHistory" IN ACCESS EXCLUSIVE MODE`;
  await tx.$executeRaw`LOCK TABLE ONLY "tokenEvents" IN ACCESS EXCLUSIVE MODE`;
  const [found] = await tx.$queryRaw<{ isThere: boolean }[]>`SELECT to_regclass(${`"${name}"`}) IS NOT NULL AS "isThere"`;
  if (!found?.isThere) return false;
  await tx.$executeRaw`
    INSERT INTO "compactionState" AS stored ("orgId", "eventsFrom") SELECT "orgId", ${end} FROM (${organisationsIn(name)}) AS held
    ON CONFLICT ("orgId") DO UPDATE SET "eventsFrom" = greatest(stored."eventsFrom", EXCLUDED."eventsFrom")`;
  await tx.$executeRaw`DROP TABLE ${Prisma.raw(`"${name}"`)}`;
  return true;
}

/** SQLSTATE 55P03. */
function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.includes('55P03');
}

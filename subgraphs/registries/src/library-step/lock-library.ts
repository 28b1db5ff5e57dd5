import type { Prisma } from '@forge/prisma-registries';

/**
 * Keeps everybody else from changing the organisation's library until the transaction ends, and answers the time of the
 * change. It is later than that of any change before: others go by it to know which step had a name last.
 */
export async function lockLibrary(tx: Prisma.TransactionClient, orgId: string): Promise<Date> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`library ${orgId}`}, 0))::text`;
  // Times have milliseconds, and one of them may have passed since the change before.
  const [{ at }] = await tx.$queryRaw<[{ at: Date }]>`SELECT date_trunc('milliseconds', clock_timestamp()) AS at FROM pg_sleep(0.001)`;
  return at;
}

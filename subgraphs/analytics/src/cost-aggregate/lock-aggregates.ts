import type { Prisma } from '@forge/prisma-analytics';

/**
 * Until the transaction ends, nobody else adds to the organisation's aggregates or merges them. A statement of its own: only what
 * comes after it sees what the one before has left. To be taken last, so that it is held shortly and nothing is waited for under it.
 */
export async function lockAggregates(tx: Prisma.TransactionClient, orgId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`aggregates ${orgId}`}, 0))::text`;
}

import type { Prisma } from '@forge/prisma-analytics';

/**
 * Until the transaction ends, prices of these models do not change (`shared`: any number of batches at once) or nothing
 * is priced by them (`exclusive`: a new price). In the order of their keys, so that two batches never wait in a circle.
 */
export async function lockPrices(tx: Prisma.TransactionClient, orgId: string, modelIds: readonly string[], mode: 'shared' | 'exclusive'): Promise<void> {
  const keys = [...new Set(modelIds)].sort().map((modelId) => `price ${orgId} ${modelId}`);
  if (mode === 'shared') await tx.$queryRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(key, 0))::text FROM unnest(${keys}::text[]) AS key`;
  else await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(key, 0))::text FROM unnest(${keys}::text[]) AS key`;
}

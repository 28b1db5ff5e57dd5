import type { Prisma } from '@forge/prisma-registries';
import { UserFaults } from '@forge/subgraph-kit';

/**
 * Refuses fallbacks that are not in the organisation's catalogue, each with its place in the list. Those that are stay
 * there until the transaction ends, as they would for a foreign key, which a list of ids cannot have.
 */
export async function refuseUnknownModels(tx: Prisma.TransactionClient, orgId: string, fallbackModelIds: readonly string[]): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "modelCatalog" WHERE "orgId" = ${orgId} AND "id" = ANY(${fallbackModelIds}) FOR KEY SHARE`;
  const known = new Set(rows.map(({ id }) => id));
  const faults = fallbackModelIds.flatMap((id, i) =>
    known.has(id) ? [] : [{ code: 'NOT_FOUND' as const, message: `fallbackModelIds.${i}: leads to no Model`, path: ['input', 'fallbackModelIds', String(i)] }]);
  if (faults.length > 0) throw new UserFaults(...faults);
}

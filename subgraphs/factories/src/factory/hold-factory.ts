import type { Prisma } from '@forge/prisma-factories';
import { fault } from '@forge/subgraph-kit';
import type { FactoryStatus } from '../generated/graphql.ts';

/** What a factory refuses, and while it is what. */
const closed = {
  'takes no new work': ['PAUSED', 'ARCHIVED'],
  'gets no new environments': ['PAUSED', 'ARCHIVED'],
  'takes in nobody': ['ARCHIVED'],
} as const satisfies Record<string, readonly FactoryStatus[]>;

/**
 * Refuses what the factory's status rules out, and otherwise keeps the status as it is until the transaction ends. `field`
 * is the one of the input that leads to the factory.
 */
export async function holdFactory(tx: Prisma.TransactionClient, orgId: string, id: string, refusal: keyof typeof closed, field = 'factoryId'): Promise<void> {
  const [factory] = await tx.$queryRaw<{ status: FactoryStatus }[]>`
    SELECT "status"::text FROM "factories" WHERE "orgId" = ${orgId} AND "id" = ${id} FOR SHARE`;
  if (!factory) throw fault('NOT_FOUND', field, `${field}: leads to no Factory`);
  const statuses: readonly FactoryStatus[] = closed[refusal];
  if (statuses.includes(factory.status)) throw fault('CONFLICT', field, `${field}: the factory is ${factory.status} and ${refusal}`);
}

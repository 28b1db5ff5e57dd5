import type { PrismaClient } from '@forge/prisma-governance';
import type { KitContext } from '@forge/subgraph-kit';

/** What the resolvers and operations of this domain are given: the kit for reading, Prisma for writing. */
export interface GovernanceContext extends KitContext {
  readonly prisma: PrismaClient;
  now(): Date;
}

import type { KitContext } from '@forge/subgraph-kit';
import type { PrismaClient } from '@forge/prisma-analytics';

/** What the resolvers and operations of this domain are given: the kit for reading, Prisma for writing. */
export interface AnalyticsContext extends KitContext {
  readonly prisma: PrismaClient;
}

import type { PrismaClient } from '@forge/prisma-analytics';
import type { KitContext } from '@forge/subgraph-kit';
import type { Partitions } from './token-event/partitions.ts';

/** What the resolvers and operations of this domain are given: the kit for reading, Prisma for writing. */
export interface AnalyticsContext extends KitContext {
  readonly prisma: PrismaClient;
  readonly partitions: Partitions;
  now(): Date;
}

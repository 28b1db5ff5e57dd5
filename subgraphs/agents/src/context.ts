import type { KitContext } from '@forge/subgraph-kit';
import type { PrismaClient } from '@forge/prisma-agents';

/** What the resolvers and operations of this domain are given: the kit for reading, Prisma for writing. */
export interface AgentsContext extends KitContext {
  readonly prisma: PrismaClient;
  now(): Date;
}

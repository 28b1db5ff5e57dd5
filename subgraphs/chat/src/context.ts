import type { PrismaClient } from '@forge/prisma-chat';
import type { KitContext } from '@forge/subgraph-kit';

/** What the resolvers and operations of this domain are given: the kit for reading, Prisma for writing. */
export interface ChatContext extends KitContext {
  readonly prisma: PrismaClient;
  now(): Date;
}

import type { PrismaClient } from '@forge/prisma-registries';
import type { KitContext } from '@forge/subgraph-kit';

/** What the resolvers and operations of this domain are given: the kit for reading, Prisma for writing. */
export interface RegistriesContext extends KitContext {
  readonly prisma: PrismaClient;
  now(): Date;
}

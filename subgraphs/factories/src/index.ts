import { PrismaClient, prismaAdapter } from '@forge/prisma-factories';
import { createPool, createSubgraph, readTypeDefs, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import type { FactoriesContext } from './context.ts';
import { resolvers } from './resolvers.ts';

/** The whole schema of this domain. */
export const typeDefs = readTypeDefs(import.meta.dirname);

/** The factories subgraph on its own database. */
export function createFactoriesSubgraph({ logger, ...database }: SubgraphSettings): Promise<Subgraph> {
  const pool = createPool({ logger, ...database });
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool) });
  return createSubgraph<FactoriesContext>({ name: 'factories', typeDefs, resolvers, pool, logger, extendContext: (base) => ({ ...base, prisma }) });
}

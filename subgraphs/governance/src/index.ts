import { PrismaClient, prismaAdapter } from '@forge/prisma-governance';
import { createPool, createSubgraph, readTypeDefs, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import type { GovernanceContext } from './context.ts';
import { resolvers } from './resolvers.ts';

/** The whole schema of this domain. */
export const typeDefs = readTypeDefs(import.meta.dirname);

/** The governance subgraph on its own database. */
export function createGovernanceSubgraph({ logger, ...database }: SubgraphSettings): Promise<Subgraph> {
  const pool = createPool({ logger, ...database });
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool) });
  return createSubgraph<GovernanceContext>({ name: 'governance', typeDefs, resolvers, pool, logger, extendContext: (base) => ({ ...base, prisma }) });
}

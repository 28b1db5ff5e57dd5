import { PrismaClient, prismaAdapter } from '@forge/prisma-analytics';
import { createPool, createSubgraph, readTypeDefs, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import type { AnalyticsContext } from './context.ts';
import { resolvers } from './resolvers.ts';

/** The whole schema of this domain. */
export const typeDefs = readTypeDefs(import.meta.dirname);

/** The analytics subgraph on its own database. */
export function createAnalyticsSubgraph({ logger, ...database }: SubgraphSettings): Promise<Subgraph> {
  const pool = createPool({ logger, ...database });
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool) });
  return createSubgraph<AnalyticsContext>({ name: 'analytics', typeDefs, resolvers, pool, logger, extendContext: (base) => ({ ...base, prisma }) });
}

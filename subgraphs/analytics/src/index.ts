import { PrismaClient, prismaAdapter } from '@forge/prisma-analytics';
import { createPool, createSubgraph, readTypeDefs, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import type { AnalyticsContext } from './context.ts';
import { resolvers } from './resolvers.ts';
import { createPartitions } from './token-event/partitions.ts';

/** The whole schema of this domain. */
export const typeDefs = readTypeDefs(import.meta.dirname);

/** The analytics subgraph on its own database; `now` is the clock of its rules. */
export function createAnalyticsSubgraph({ logger, now = () => new Date(), ...database }: SubgraphSettings & { now?: () => Date }): Promise<Subgraph> {
  const pool = createPool({ logger, ...database });
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool) });
  const domain = { prisma, partitions: createPartitions(prisma), now };
  return createSubgraph<AnalyticsContext>({ name: 'analytics', typeDefs, resolvers, pool, logger, extendContext: (base) => ({ ...base, ...domain }) });
}

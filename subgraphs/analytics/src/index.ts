import { PrismaClient, prismaAdapter } from '@forge/prisma-analytics';
import { createPool, createSubgraph, readTypeDefs, transactionOptions, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import { startDomainBackground } from './background.ts';
import type { AnalyticsContext } from './context.ts';
import { resolvers } from './resolvers.ts';
import { createPartitions } from './token-event/partitions.ts';

export { aggregateDifferences, type AggregateDifference } from './verify/aggregate-differences.ts';

/** The whole schema of this domain. */
export const typeDefs = readTypeDefs(import.meta.dirname);

/** The analytics subgraph on its own database. */
export function createAnalyticsSubgraph(settings: SubgraphSettings): Promise<Subgraph> {
  const { logger, now = () => new Date() } = settings;
  const pool = createPool(settings);
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool), transactionOptions });
  const partitions = createPartitions(prisma, now);
  const background = startDomainBackground(prisma, settings, partitions);
  return createSubgraph<AnalyticsContext>({ name: 'analytics', typeDefs, resolvers, pool, logger, background, extendContext: (base) => ({ ...base, prisma, partitions, now }) });
}

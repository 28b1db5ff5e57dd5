import { PrismaClient, prismaAdapter } from '@forge/prisma-agents';
import { createPool, createSubgraph, readTypeDefs, transactionOptions, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import { startDomainBackground } from './background.ts';
import type { AgentsContext } from './context.ts';
import { resolvers } from './resolvers.ts';

/** The whole schema of this domain. */
export const typeDefs = readTypeDefs(import.meta.dirname);

/** The agents subgraph on its own database. */
export function createAgentsSubgraph(settings: SubgraphSettings): Promise<Subgraph> {
  const { logger, now = () => new Date() } = settings;
  const pool = createPool(settings);
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool), transactionOptions });
  const background = startDomainBackground(prisma, settings);
  return createSubgraph<AgentsContext>({ name: 'agents', typeDefs, resolvers, pool, logger, background, extendContext: (base) => ({ ...base, prisma, now }) });
}

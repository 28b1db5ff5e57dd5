import { PrismaClient, prismaAdapter } from '@forge/prisma-agents';
import { createPool, createSubgraph, readTypeDefs, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import type { AgentsContext } from './context.ts';
import { resolvers } from './resolvers.ts';

/** The whole schema of this domain. */
export const typeDefs = readTypeDefs(import.meta.dirname);

/** The agents subgraph on its own database. */
export function createAgentsSubgraph({ logger, ...database }: SubgraphSettings): Promise<Subgraph> {
  const pool = createPool({ logger, ...database });
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool) });
  return createSubgraph<AgentsContext>({ name: 'agents', typeDefs, resolvers, pool, logger, extendContext: (base) => ({ ...base, prisma }) });
}

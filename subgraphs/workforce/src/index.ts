import { PrismaClient, prismaAdapter } from '@forge/prisma-workforce';
import { createPool, createSubgraph, readTypeDefs, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import type { WorkforceContext } from './context.ts';
import { resolvers } from './resolvers.ts';

/** The whole schema of this domain. */
export const typeDefs = readTypeDefs(import.meta.dirname);

/** The workforce subgraph on its own database. */
export function createWorkforceSubgraph({ logger, ...database }: SubgraphSettings): Promise<Subgraph> {
  const pool = createPool({ logger, ...database });
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool) });
  return createSubgraph<WorkforceContext>({ name: 'workforce', typeDefs, resolvers, pool, logger, extendContext: (base) => ({ ...base, prisma }) });
}

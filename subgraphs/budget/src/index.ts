import { PrismaClient, prismaAdapter } from '@forge/prisma-budget';
import { createPool, createSubgraph, readTypeDefs, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import type { BudgetContext } from './context.ts';
import { resolvers } from './resolvers.ts';

/** The whole schema of this domain. */
export const typeDefs = readTypeDefs(import.meta.dirname);

/** The budget subgraph on its own database. */
export function createBudgetSubgraph({ logger, ...database }: SubgraphSettings): Promise<Subgraph> {
  const pool = createPool({ logger, ...database });
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool) });
  return createSubgraph<BudgetContext>({ name: 'budget', typeDefs, resolvers, pool, logger, extendContext: (base) => ({ ...base, prisma }) });
}

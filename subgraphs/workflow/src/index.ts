import { PrismaClient, prismaAdapter } from '@forge/prisma-workflow';
import { createPool, createSubgraph, readTypeDefs, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import type { WorkflowContext } from './context.ts';
import { resolvers } from './resolvers.ts';

/** The whole schema of this domain. */
export const typeDefs = readTypeDefs(import.meta.dirname);

/** The workflow subgraph on its own database. */
export function createWorkflowSubgraph({ logger, ...database }: SubgraphSettings): Promise<Subgraph> {
  const pool = createPool({ logger, ...database });
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool) });
  return createSubgraph<WorkflowContext>({ name: 'workflow', typeDefs, resolvers, pool, logger, extendContext: (base) => ({ ...base, prisma }) });
}

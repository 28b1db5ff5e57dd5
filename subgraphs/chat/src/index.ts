import { PrismaClient, prismaAdapter } from '@forge/prisma-chat';
import { createPool, createSubgraph, readTypeDefs, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import type { ChatContext } from './context.ts';
import { resolvers } from './resolvers.ts';

/** The whole schema of this domain. */
export const typeDefs = readTypeDefs(import.meta.dirname);

/** The chat subgraph on its own database. */
export function createChatSubgraph({ logger, ...database }: SubgraphSettings): Promise<Subgraph> {
  const pool = createPool({ logger, ...database });
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool) });
  return createSubgraph<ChatContext>({ name: 'chat', typeDefs, resolvers, pool, logger, extendContext: (base) => ({ ...base, prisma }) });
}

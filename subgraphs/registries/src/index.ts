import { PrismaClient, prismaAdapter } from '@forge/prisma-registries';
import { createPool, createSubgraph, readTypeDefs, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import type { RegistriesContext } from './context.ts';
import { resolvers } from './resolvers.ts';

/** The whole schema of this domain. */
export const typeDefs = readTypeDefs(import.meta.dirname);

/** The registries subgraph on its own database. */
export function createRegistriesSubgraph({ logger, ...database }: SubgraphSettings): Promise<Subgraph> {
  const pool = createPool({ logger, ...database });
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool) });
  return createSubgraph<RegistriesContext>({ name: 'registries', typeDefs, resolvers, pool, logger, extendContext: (base) => ({ ...base, prisma }) });
}

import { PrismaClient, prismaAdapter } from '@forge/prisma-gateways';
import { createPool, createSubgraph, readTypeDefs, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import type { GatewaysContext } from './context.ts';
import { resolvers } from './resolvers.ts';
import type { Keyring } from './secrets/keyring.ts';
import { readKeyring } from './secrets/read-keyring.ts';

/** The whole schema of this domain. */
export const typeDefs = readTypeDefs(import.meta.dirname);

export interface GatewaysSettings extends SubgraphSettings {
  /** Encrypts Gloo credentials and the secrets of webhooks, by FORGE_SECRET_KEYS unless given; without it neither can be created. */
  keyring?: Keyring | undefined;
}

/** The gateways subgraph on its own database. */
export function createGatewaysSubgraph({ logger, env = {}, keyring = readKeyring(env), ...database }: GatewaysSettings): Promise<Subgraph> {
  const pool = createPool({ logger, ...database });
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool) });
  return createSubgraph<GatewaysContext>({ name: 'gateways', typeDefs, resolvers, pool, logger, extendContext: (base) => ({ ...base, prisma, keyring }) });
}

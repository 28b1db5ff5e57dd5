import { PrismaClient, prismaAdapter } from '@forge/prisma-gateways';
import { createPool, createSubgraph, readTypeDefs, transactionOptions, type Subgraph, type SubgraphSettings } from '@forge/subgraph-kit';
import { startDomainBackground } from './background.ts';
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
export function createGatewaysSubgraph(settings: GatewaysSettings): Promise<Subgraph> {
  const { logger, now = () => new Date(), env = {}, keyring = readKeyring(env) } = settings;
  const pool = createPool(settings);
  const prisma = new PrismaClient({ adapter: prismaAdapter(pool), transactionOptions });
  const background = startDomainBackground(prisma, settings);
  return createSubgraph<GatewaysContext>({ name: 'gateways', typeDefs, resolvers, pool, logger, background, extendContext: (base) => ({ ...base, prisma, keyring, now }) });
}

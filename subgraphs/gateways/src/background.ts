import type { PrismaClient } from '@forge/prisma-gateways';
import { startBackground, type Background, type SubgraphSettings } from '@forge/subgraph-kit';
import { retention } from './retention.ts';

/** What this domain hears and what it does at its times. */
export function startDomainBackground(prisma: PrismaClient, settings: SubgraphSettings): Background {
  return startBackground({ domain: 'gateways', prisma, settings, retention });
}

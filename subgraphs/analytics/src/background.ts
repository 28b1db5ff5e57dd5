import type { PrismaClient } from '@forge/prisma-analytics';
import { startBackground, type Background, type SubgraphSettings } from '@forge/subgraph-kit';

/** What this domain hears and what it does at its times. */
export function startDomainBackground(prisma: PrismaClient, settings: SubgraphSettings): Background {
  return startBackground({ domain: 'analytics', prisma, settings });
}

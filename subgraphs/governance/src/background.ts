import type { PrismaClient } from '@forge/prisma-governance';
import { startBackground, type Background, type SubgraphSettings } from '@forge/subgraph-kit';

/** What this domain hears and what it does at its times. */
export function startDomainBackground(prisma: PrismaClient, settings: SubgraphSettings): Background {
  return startBackground({ domain: 'governance', prisma, settings });
}

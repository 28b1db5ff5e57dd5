import type { Prisma, PrismaClient } from '@forge/prisma-factories';
import { startBackground, type Background, type SubgraphSettings } from '@forge/subgraph-kit';
import { costsRecorded } from './events/costs-recorded.ts';

/** What this domain hears and what it does at its times. */
export function startDomainBackground(prisma: PrismaClient, settings: SubgraphSettings): Background {
  return startBackground<Prisma.TransactionClient, PrismaClient>({ domain: 'factories', prisma, settings, handlers: { 'analytics.costs.recorded': costsRecorded } });
}

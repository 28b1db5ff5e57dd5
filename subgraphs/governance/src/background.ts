import type { Prisma, PrismaClient } from '@forge/prisma-governance';
import { startBackground, type Background, type SubgraphSettings } from '@forge/subgraph-kit';
import { platformEventOccurred } from './events/platform-event-occurred.ts';
import { retention } from './retention.ts';

/** What this domain hears and what it does at its times. */
export function startDomainBackground(prisma: PrismaClient, settings: SubgraphSettings): Background {
  return startBackground<Prisma.TransactionClient, PrismaClient>({ domain: 'governance', prisma, settings, retention, handlers: { 'platform.event.occurred': platformEventOccurred } });
}

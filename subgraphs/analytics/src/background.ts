import type { Prisma, PrismaClient } from '@forge/prisma-analytics';
import { startBackground, type Background, type SubgraphSettings } from '@forge/subgraph-kit';
import { attemptEnded } from './events/attempt-ended.ts';
import { compactAggregates, compactionCrontab } from './jobs/compact-aggregates.ts';
import { makePartitions, partitionsCrontab } from './jobs/make-partitions.ts';
import { retention } from './jobs/retention.ts';
import type { Partitions } from './token-event/partitions.ts';

/** What this domain hears and what it does at its times. */
export function startDomainBackground(prisma: PrismaClient, settings: SubgraphSettings, partitions: Partitions): Background {
  return startBackground<Prisma.TransactionClient, PrismaClient>({
    domain: 'analytics', prisma, settings, retention,
    handlers: { 'workflow.attempt.ended': (tx, event) => attemptEnded(tx, event, { partitions }) },
    tasks: {
      'compact-aggregates': { crontab: compactionCrontab, run: (at) => compactAggregates(prisma, at) },
      'make-partitions': { crontab: partitionsCrontab, run: (at) => makePartitions(prisma, at) },
    },
  });
}

import type { Prisma, PrismaClient } from '@forge/prisma-gateways';
import { startBackground, type Background, type BackgroundOptions, type SubgraphSettings } from '@forge/subgraph-kit';
import { noticeSilentGateways } from './jobs/notice-silent-gateways.ts';
import { retention } from './retention.ts';

/** What this domain hears and what it does at its times. */
export function startDomainBackground(prisma: PrismaClient, settings: SubgraphSettings): Background {
  return startBackground<Prisma.TransactionClient, PrismaClient>({ domain: 'gateways', prisma, settings, retention, tasks: domainTasks(prisma) });
}

type Tasks = NonNullable<BackgroundOptions<Prisma.TransactionClient, PrismaClient>['tasks']>;

/** By name. */
export function domainTasks(prisma: PrismaClient): Tasks {
  return {
    'notice-silent-gateways': { crontab: '* * * * *', run: (at) => noticeSilentGateways(prisma, at) },
  };
}

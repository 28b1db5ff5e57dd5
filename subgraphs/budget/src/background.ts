import type { Prisma, PrismaClient } from '@forge/prisma-budget';
import { startBackground, type Background, type SubgraphSettings } from '@forge/subgraph-kit';
import { costsRecorded } from './events/costs-recorded.ts';
import { reservationRequested } from './events/reservation-requested.ts';
import { resetBudgets } from './jobs/reset-budgets.ts';

/** What this domain hears and what it does at its times. */
export function startDomainBackground(prisma: PrismaClient, settings: SubgraphSettings): Background {
  const { now = () => new Date() } = settings;
  return startBackground<Prisma.TransactionClient, PrismaClient>({
    domain: 'budget', prisma, settings,
    // All of them wait for the organisation's books.
    eventsTogether: 25,
    handlers: {
      'analytics.costs.recorded': (tx, event) => costsRecorded(tx, event, { now }),
      'workflow.reservation.requested': (tx, event) => reservationRequested(tx, event, { now }),
    },
    tasks: { 'reset-budgets': { crontab: '0 0 * * *', run: (at) => resetBudgets(prisma, at) } },
  });
}

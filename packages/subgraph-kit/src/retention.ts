import { publish } from '@forge/events';
import { byAge, type JobTransaction, type Retention, type RetentionClient, type RowsOf } from '@forge/jobs';

/**
 * What every domain forgets of the platform's own. A callback is known for 24 hours; an event for 30 days, in case its
 * sender went down before it had noted the answer and is away for that long.
 */
export const ownRetention: readonly Retention<RetentionClient>[] = [
  byAge({ name: 'delivered events', crontab: '50 3 * * 0', table: 'eventOutbox', column: 'deliveredAt', days: 7 }),
  byAge({ name: 'handled callbacks', crontab: '0 * * * *', table: 'callbackDedup', column: 'handledAt', days: 1, where: `NOT starts_with("source", 'event ')` }),
  byAge({ name: 'handled events', crontab: '20 * * * *', table: 'callbackDedup', column: 'handledAt', days: 30, where: `starts_with("source", 'event ')` }),
];

/** Removes what is too old, and tells each organisation of it what went and how long that took. */
export async function keepRetention<Client>(prisma: Client & JobTransaction, domain: string, kept: Retention<Client>, now: Date, signal?: AbortSignal): Promise<readonly RowsOf[]> {
  const started = performance.now();
  const removed = await kept.remove(prisma, now, signal);
  const durationMs = Math.round(performance.now() - started);
  for (const { orgId, rows } of removed) {
    await publish(prisma, orgId, {
      type: 'platform.event.occurred', subject: `${domain} ${kept.name}`,
      data: {
        type: 'retention.removed', severity: 'INFO', displayLabel: `${rows} ${kept.name} removed from ${domain}`, payload: { domain, what: kept.name, rows, durationMs },
        runId: null, agentId: null, gatewayId: null,
      },
    });
  }
  return removed;
}

import { byAge, type Retention } from '@forge/jobs';
import type { PrismaClient } from '@forge/prisma-gateways';

/** What this domain forgets with time. */
export const retention: readonly Retention<PrismaClient>[] = [
  byAge({ name: 'webhook deliveries', crontab: '40 3 * * *', table: 'webhookDeliveries', column: 'createdAt', days: 30 }),
  byAge({ name: 'health checks', crontab: '45 3 * * *', table: 'gatewayHealthHistory', column: 'checkedAt', days: 90 }),
];

import { idempotencyKey, idOf, text } from '@forge/subgraph-kit';
import { z } from 'zod';

export const recordGatewayHealthRules = z.object({
  gatewayId: idOf('Gateway'),
  status: z.enum(['HEALTHY', 'DEGRADED', 'OFFLINE']),
  latencyMs: z.int().min(0, 'must not be negative').nullable().default(null),
  message: text(0, 2_000).nullable().default(null),
  idempotencyKey,
});

/** How long after its last report a gateway is taken to be OFFLINE. */
export const silenceMilliseconds = 3 * 60_000;

import { idempotencyKey, idOf, optional, setOf, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const shared = {
  allowed: z.boolean(),
  allowedTiers: setOf(z.enum(['OPERATOR', 'DEPARTMENT', 'PERSONAL']), 3),
};
const requestsPerMinute = z.int().min(1, 'must be 1 or more; to forbid the model, say allowed: false').nullable();

export const createGatewayModelAccessRules = z.object({
  gatewayId: idOf('Gateway'),
  modelId: idOf('Model'),
  ...shared,
  requestsPerMinute: requestsPerMinute.default(null),
  idempotencyKey,
});

export const updateGatewayModelAccessRules = z.object({
  ...versionedId('GatewayModelAccess'),
  ...optional({ ...shared, requestsPerMinute }),
});

export const deleteGatewayModelAccessRules = z.object(versionedId('GatewayModelAccess'));

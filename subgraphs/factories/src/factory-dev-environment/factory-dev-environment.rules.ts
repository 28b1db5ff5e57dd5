import { idempotencyKey, idOf, jsonObject, text } from '@forge/subgraph-kit';
import { z } from 'zod';

export const createFactoryDevEnvironmentRules = z.object({
  factoryId: idOf('Factory'),
  name: text(1, 200),
  provider: text(1, 200),
  spec: jsonObject().default({}),
  ownerId: idOf('Worker').nullable().default(null),
  idempotencyKey,
});

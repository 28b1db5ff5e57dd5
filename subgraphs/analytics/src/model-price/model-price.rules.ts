import { decimal, idempotencyKey, idOf, text } from '@forge/subgraph-kit';
import { z } from 'zod';

/** US dollars per 1,000,000 tokens; with 6 places a cost in cents has 10, and is exact. */
const price = decimal(6);

export const recordModelPriceRules = z.object({
  modelId: idOf('Model'),
  gatewayId: idOf('Gateway').nullable().default(null),
  inputPrice: price,
  outputPrice: price,
  cachedInputPrice: price.nullable().default(null),
  effectiveFrom: z.date().nullish(),
  source: text(1, 500),
  idempotencyKey,
});

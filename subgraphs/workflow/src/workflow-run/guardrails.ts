import { decimal } from '@forge/subgraph-kit';
import { z } from 'zod';

/** The limits of a run; what is null or left out is unlimited. */
export const guardrails = z
  .object({
    maxCostCents: decimal(10).refine((cents) => /[1-9]/.test(cents), 'must be more than 0').nullish(),
    maxDurationMs: z.int().min(1_000, 'must be at least 1,000 milliseconds').nullish(),
    maxHandoffs: z.int().min(0, 'must not be negative').nullish(),
  })
  .transform(({ maxCostCents, maxDurationMs, maxHandoffs }) => ({
    ...(typeof maxCostCents === 'string' && { maxCostCents }),
    ...(typeof maxDurationMs === 'number' && { maxDurationMs }),
    ...(typeof maxHandoffs === 'number' && { maxHandoffs }),
  }));

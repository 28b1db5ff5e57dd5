import { decimal, idempotencyKey, optional, setOf, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';
import { environmentName } from '../scope.rules.ts';

const required = {
  name: text(1, 200),
  autonomyTier: z.enum(['ADVISORY', 'RETRIEVAL', 'APPROVAL_REQUIRED', 'BOUNDED_AUTONOMOUS']),
};

/** What an explicit null clears. */
const cleared = {
  description: text(0, 2_000).nullable(),
  maxSpendCents: decimal(10).nullable(),
  maxConcurrency: z.int().refine((value) => value >= 1 && value <= 1_000, 'must be from 1 to 1,000').nullable(),
};

/** What the database has a default for. */
const defaulted = {
  allowedEnvironments: setOf(environmentName, 20),
  allowedActions: setOf(z.enum(['READ', 'EXECUTE', 'WRITE', 'FINANCIAL']), 4),
  acceptedSourceClasses: setOf(text(1, 100), 50),
  requireFreshness: z.boolean(),
};

export const createWorkerRoleRules = z.object({ ...required, ...optional(cleared), ...optional(defaulted), idempotencyKey });

export const updateWorkerRoleRules = z.object({ ...versionedId('WorkerRole'), ...optional({ ...required, ...cleared, ...defaulted }) });

export const deleteWorkerRoleRules = z.object(versionedId('WorkerRole'));

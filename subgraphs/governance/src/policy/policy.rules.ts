import { idempotencyKey, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';
import { scopeFits, scopeId, scopeType } from '../scope.rules.ts';
import { condition } from './condition.ts';

const required = {
  name: text(1, 200),
  category: z.enum(['TRUST_BOUNDARY', 'BUDGET', 'RUN_CREATION', 'DEPLOYMENT', 'GUARDRAIL', 'CONFIG_CHANGE']),
  scopeType,
  condition,
  action: z.enum(['BLOCK', 'REQUIRE_APPROVAL', 'WARN', 'LOG']),
};

/** What the database has a default for. */
const defaulted = {
  enforcement: z.enum(['HARD', 'SOFT', 'AUDIT']),
  priority: z.int().refine((value) => value >= 0 && value <= 1_000, 'must be from 0 to 1,000'),
  enabled: z.boolean(),
};

export const createPolicyRules = z
  .object({ ...required, scopeId: scopeId.default(null), ...optional(defaulted), idempotencyKey })
  .superRefine(scopeFits);

export const updatePolicyRules = z
  .object({ ...versionedId('Policy'), ...optional({ ...required, scopeId, ...defaulted }) })
  .superRefine(scopeFits);

export const deletePolicyRules = z.object(versionedId('Policy'));

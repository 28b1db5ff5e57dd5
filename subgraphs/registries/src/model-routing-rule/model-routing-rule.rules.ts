import { fault, idempotencyKey, idOf, optional, setOf, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';
import { match } from './match.ts';

const name = text(1, 200);
const primaryModelId = idOf('Model');
const fallbackModelIds = setOf(idOf('Model'), 20);
const priority = z.int().min(0, 'must be 0 or more');
const enabled = z.boolean();

export const createModelRoutingRuleRules = z.object({
  name,
  match,
  primaryModelId,
  ...optional({ fallbackModelIds, priority, enabled }),
  idempotencyKey,
});

export const updateModelRoutingRuleRules = z.object({
  ...versionedId('ModelRoutingRule'),
  ...optional({ name, match, primaryModelId, fallbackModelIds, priority, enabled }),
});

export const deleteModelRoutingRuleRules = z.object(versionedId('ModelRoutingRule'));

/** What the check constraint says, for people: an update may change one of the two fields alone. */
export const chainConstraint = {
  modelRoutingConfig_primary_is_no_fallback: fault('INVALID', 'fallbackModelIds', 'fallbackModelIds: must not contain the primary model'),
};

import { idempotencyKey, idOf, optional, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const modelId = idOf('Model');

/** The kinds of work that agents take a model for. */
export const slots = ['DEFAULT', 'FAST', 'REASONING', 'VISION', 'EMBEDDING'] as const;

export const createModelSlotRules = z.object({
  definitionId: idOf('AgentDefinition'),
  slot: z.enum(slots),
  modelId,
  idempotencyKey,
});

export const updateModelSlotRules = z.object({ ...versionedId('ModelSlot'), ...optional({ modelId }) });

export const deleteModelSlotRules = z.object(versionedId('ModelSlot'));

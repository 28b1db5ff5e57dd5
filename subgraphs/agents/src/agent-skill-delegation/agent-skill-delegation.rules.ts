import { idempotencyKey, idOf, jsonObject } from '@forge/subgraph-kit';
import { z } from 'zod';

export const createAgentSkillDelegationRules = z
  .object({
    fromDefinitionId: idOf('AgentDefinition'),
    toDefinitionId: idOf('AgentDefinition'),
    skillId: idOf('SkillDefinition'),
    conditions: jsonObject().exactOptional(),
    expiresAt: z.date().refine((at) => at > new Date(), 'lies in the past').nullable().default(null),
    idempotencyKey,
  })
  .refine(({ fromDefinitionId, toDefinitionId }) => fromDefinitionId !== toDefinitionId, { path: ['toDefinitionId'], error: 'must be another agent than the one that delegates' });

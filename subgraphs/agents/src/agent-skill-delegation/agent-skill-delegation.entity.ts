import { entity, type RowOf } from '@forge/subgraph-kit';

export const agentSkillDelegation = entity({
  type: 'AgentSkillDelegation',
  table: 'agentSkillDelegations',
  columns: {
    fromDefinitionId: 'id:AgentDefinition',
    toDefinitionId: 'id:AgentDefinition',
    skillId: 'id:SkillDefinition',
    conditions: 'json?',
    expiresAt: 'time?',
    revokedAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type AgentSkillDelegationRow = RowOf<typeof agentSkillDelegation>;

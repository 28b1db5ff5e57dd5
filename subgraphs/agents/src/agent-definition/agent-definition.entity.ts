import { entity, type RowOf } from '@forge/subgraph-kit';

export const agentDefinition = entity({
  type: 'AgentDefinition',
  table: 'agentDefinitions',
  columns: {
    agentId: 'text',
    name: 'text',
    description: 'text?',
    purpose: 'text?',
    version: 'int',
    status: 'enum',
    lifecyclePhase: 'enum',
    phaseExpiresAt: 'time?',
    tier: 'enum',
    trustLevel: 'int',
    autonomyRung: 'enum',
    riskTier: 'enum?',
    memoryMode: 'enum',
    promptText: 'text?',
    promptId: 'id:Prompt?',
    defaultModelId: 'id:Model?',
    skillIds: 'id:SkillDefinition[]',
    tools: 'text[]',
    constraints: 'json',
    budgetMonthlyCents: 'decimal?',
    ownerId: 'id:Worker?',
    owningTeamId: 'id:Team?',
    roleId: 'id:WorkerRole?',
    templateId: 'id:AgentTemplate?',
    tags: 'text[]',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type AgentDefinitionRow = RowOf<typeof agentDefinition>;

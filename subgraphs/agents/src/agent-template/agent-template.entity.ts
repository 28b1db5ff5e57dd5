import { entity, type RowOf } from '@forge/subgraph-kit';

export const agentTemplate = entity({
  type: 'AgentTemplate',
  table: 'agentTemplates',
  columns: {
    category: 'text',
    name: 'text',
    description: 'text?',
    config: 'json',
    skillIds: 'id:SkillDefinition[]',
    defaultModelId: 'id:Model?',
    tags: 'text[]',
    version: 'int',
    usageCount: 'int',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type AgentTemplateRow = RowOf<typeof agentTemplate>;

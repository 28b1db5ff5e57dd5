import { entity, type RowOf } from '@forge/subgraph-kit';

export const skillDefinition = entity({
  type: 'SkillDefinition',
  table: 'skillDefinitions',
  columns: {
    name: 'text',
    description: 'text?',
    instructions: 'text',
    tools: 'text[]',
    status: 'enum',
    version: 'int',
    ownerId: 'id:Worker?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type SkillDefinitionRow = RowOf<typeof skillDefinition>;

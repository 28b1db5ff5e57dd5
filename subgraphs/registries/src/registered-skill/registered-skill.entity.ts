import { entity, type RowOf } from '@forge/subgraph-kit';

export const registeredSkill = entity({
  type: 'RegisteredSkill',
  table: 'skillRegistry',
  columns: {
    name: 'text',
    gatewayId: 'id:Gateway',
    definitionId: 'id:SkillDefinition?',
    version: 'text?',
    checksum: 'text?',
    lastSyncedAt: 'time?',
    updatedAt: 'time',
  },
  orderBy: { CREATED_AT: 'createdAt', NAME: 'name' },
});

export type RegisteredSkillRow = RowOf<typeof registeredSkill>;

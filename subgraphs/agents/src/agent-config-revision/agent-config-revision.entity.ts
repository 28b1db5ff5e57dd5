import { entity, type RowOf } from '@forge/subgraph-kit';

export const agentConfigRevision = entity({
  type: 'AgentConfigRevision',
  table: 'agentConfigRevisions',
  columns: {
    definitionId: 'id:AgentDefinition',
    revision: 'int',
    patch: 'json',
    snapshot: 'json',
    changedById: 'id:Worker?',
    reason: 'text?',
  },
  orderBy: { CREATED_AT: 'createdAt', REVISION: 'revision' },
});

export type AgentConfigRevisionRow = RowOf<typeof agentConfigRevision>;

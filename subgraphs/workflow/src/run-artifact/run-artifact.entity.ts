import { entity, type RowOf } from '@forge/subgraph-kit';

export const runArtifact = entity({
  type: 'RunArtifact',
  table: 'runArtifacts',
  columns: {
    runId: 'id:WorkflowRun',
    stepId: 'text?',
    name: 'text',
    mimeType: 'text',
    sizeBytes: 'bigint',
    sha256: 'text',
    storageKey: 'text',
    agentId: 'id:Agent?',
  },
  orderBy: { CREATED_AT: 'createdAt' },
});

export type RunArtifactRow = RowOf<typeof runArtifact>;

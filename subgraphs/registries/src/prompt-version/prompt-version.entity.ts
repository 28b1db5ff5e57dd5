import { entity, type RowOf } from '@forge/subgraph-kit';

export const promptVersion = entity({
  type: 'PromptVersion',
  table: 'promptVersions',
  columns: {
    promptId: 'id:Prompt',
    version: 'int',
    template: 'text',
    variables: 'text[]',
    changelog: 'text?',
    createdById: 'id:Worker?',
  },
  orderBy: { CREATED_AT: 'createdAt', VERSION: 'version' },
});

export type PromptVersionRow = RowOf<typeof promptVersion>;

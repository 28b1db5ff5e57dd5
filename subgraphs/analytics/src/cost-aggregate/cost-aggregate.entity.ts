import { entity, type RowOf } from '@forge/subgraph-kit';

export const costAggregate = entity({
  type: 'CostAggregate',
  table: 'costAggregates',
  columns: {
    period: 'enum',
    bucketStart: 'time',
    scopeType: 'enum',
    scopeId: 'text?',
    inputTokens: 'bigint',
    outputTokens: 'bigint',
    cachedInputTokens: 'bigint',
    thinkingTokens: 'bigint',
    costCents: 'decimal',
    eventCount: 'int',
    runCount: 'int',
    successCount: 'int',
    failureCount: 'int',
    updatedAt: 'time',
  },
  orderBy: { BUCKET_START: 'bucketStart' },
  newest: 'bucketStart',
});

export type CostAggregateRow = RowOf<typeof costAggregate>;

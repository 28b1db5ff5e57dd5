import { entity, type RowOf } from '@forge/subgraph-kit';

export const modelPrice = entity({
  type: 'ModelPrice',
  table: 'priceHistory',
  columns: {
    modelId: 'id:Model',
    gatewayId: 'id:Gateway?',
    inputPrice: 'decimal',
    outputPrice: 'decimal',
    cachedInputPrice: 'decimal?',
    effectiveFrom: 'time',
    effectiveTo: 'time?',
    source: 'text',
    updatedAt: 'time',
  },
  orderBy: { EFFECTIVE_FROM: 'effectiveFrom' },
  newest: 'effectiveFrom',
});

export type ModelPriceRow = RowOf<typeof modelPrice>;

import { costAggregateResolvers } from './cost-aggregate/cost-aggregate.resolvers.ts';
import { externalResolvers } from './external.resolvers.ts';
import { modelPriceResolvers } from './model-price/model-price.resolvers.ts';
import { tokenEventResolvers } from './token-event/token-event.resolvers.ts';

export const resolvers = [
  costAggregateResolvers,
  modelPriceResolvers,
  tokenEventResolvers,
  externalResolvers,
];

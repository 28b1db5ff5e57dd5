import { assertIdOf, findById } from '@forge/subgraph-kit';
import type { GraphQLResolveInfo } from 'graphql';
import sql from 'sql-template-tag';
import type { AnalyticsContext } from '../context.ts';
import type { QueryPriceAtArgs } from '../generated/graphql.ts';
import { modelPrice } from './model-price.entity.ts';

/** The price in force: of the periods that hold the moment, at most one is the gateway's own and one the catalogue's. */
export async function priceAt({ modelId, gatewayId, at }: QueryPriceAtArgs, context: AnalyticsContext, info: GraphQLResolveInfo) {
  assertIdOf('Model', modelId, 'modelId');
  if (gatewayId) assertIdOf('Gateway', gatewayId, 'gatewayId');
  const moment = at ?? context.now();
  const [price] = await context.sql.query<{ id: string }>(sql`
    SELECT "id" FROM "priceHistory"
    WHERE "orgId" = ${context.principal.orgId} AND "modelId" = ${modelId} AND ("gatewayId" = ${gatewayId ?? null} OR "gatewayId" IS NULL)
      AND "effectiveFrom" <= ${moment} AND ("effectiveTo" > ${moment} OR "effectiveTo" IS NULL)
    ORDER BY "gatewayId" NULLS LAST LIMIT 1`);
  return price ? findById(context, modelPrice, price.id, info) : null;
}

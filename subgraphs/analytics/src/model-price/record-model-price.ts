import type { Prisma } from '@forge/prisma-analytics';
import { answer, checkInput, fault, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { AnalyticsContext } from '../context.ts';
import type { RecordModelPriceInput } from '../generated/graphql.ts';
import { lockPrices } from './lock-prices.ts';
import { modelPrice } from './model-price.entity.ts';
import { recordModelPriceRules } from './model-price.rules.ts';

interface Priced {
  modelId: string;
  gatewayId: string | null;
}

const overlaps = fault('CONFLICT', 'effectiveFrom', 'effectiveFrom: another price of this model begins at or after it; give a later moment');

export function recordModelPrice(input: RecordModelPriceInput, context: AnalyticsContext) {
  return answer(async () => {
    const { idempotencyKey: key, effectiveFrom: wanted, ...data } = checkInput(recordModelPriceRules, input);
    const { orgId } = context.principal;
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, { orgId, operation: 'recordModelPrice', key, input }, async () => {
        await lockPrices(tx, orgId, [data.modelId], 'exclusive');
        const effectiveFrom = await startOf(tx, orgId, data, wanted, context.now());
        const { modelId, gatewayId } = data;
        await tx.modelPrice.updateMany({ where: { orgId, modelId, gatewayId, effectiveTo: null, effectiveFrom: { lt: effectiveFrom } }, data: { effectiveTo: effectiveFrom } });
        return (await tx.modelPrice.create({ data: { ...data, effectiveFrom, id: newId('ModelPrice'), orgId } })).id;
      }),
    );
    return { modelPrice: await reload(context, modelPrice, id) };
  }, { priceHistory_periods_never_overlap: overlaps });
}

/** The moment the price begins: as wanted, else now; never before a call that has been priced already. */
async function startOf(tx: Prisma.TransactionClient, orgId: string, { modelId, gatewayId }: Priced, wanted: Date | null | undefined, now: Date): Promise<Date> {
  const { _max: { occurredAt: last } } = await tx.tokenEvent.aggregate({
    _max: { occurredAt: true },
    where: { orgId, modelId, ...(gatewayId && { gatewayId }), occurredAt: { gte: wanted ?? now } },
  });
  if (!last) return wanted ?? now;
  if (!wanted) return new Date(last.getTime() + 1);
  throw fault('INVALID', 'effectiveFrom', `effectiveFrom: calls up to ${last.toISOString()} are priced already, and past costs never change; give a later moment`);
}

import type { Cast } from '../cast.ts';
import type { Rates } from '../money.ts';
import { after, day, type Row } from '../rows.ts';

/** A price and when it holds. */
export interface Period extends Row, Rates {
  readonly id: string;
  readonly modelId: string;
  readonly gatewayId: string | null;
  readonly effectiveFrom: Date;
  readonly effectiveTo: Date | null;
}

/** Models that became cheaper in the middle of the history, and those that one gateway has negotiated rates for. */
const becameCheaper = ['openai/gpt-5-mini', 'google/gemini-2.5-flash'];
const negotiated = ['anthropic/claude-sonnet-4-5', 'openai/gpt-5'];

/** The price history: today's list prices, two that were a quarter higher once, and two rates of a gateway's own. */
export function makePrices({ orgId, makeId, models, gateways, founded, now }: Cast): Period[] {
  const period = (model: (typeof models)[number], gatewayId: string | null, from: Date, to: Date | null, percent: bigint): Period => ({
    id: makeId('ModelPrice', from), orgId, createdAt: from, updatedAt: from, modelId: model.id, gatewayId,
    inputPrice: scaled(model.inputPrice, percent), outputPrice: scaled(model.outputPrice, percent),
    cachedInputPrice: model.cachedInputPrice === null ? null : scaled(model.cachedInputPrice, percent),
    effectiveFrom: from, effectiveTo: to, source: gatewayId ? 'negotiated with the provider' : model.source,
  });
  const change = after(now, -45 * day);
  return models.flatMap((model) => [
    ...(becameCheaper.includes(model.key) ? [period(model, null, founded, change, 125n), period(model, null, change, null, 100n)] : [period(model, null, founded, null, 100n)]),
    ...(negotiated.includes(model.key) ? [period(model, gateways[0] as string, after(now, -60 * day), null, 80n)] : []),
  ]);
}

/** The price of a call: the gateway's own rate, else the catalogue's. */
export function priceInForce(periods: readonly Period[], modelId: string, gatewayId: string, at: Date): Period {
  const holding = periods.filter((period) => period.modelId === modelId && period.effectiveFrom <= at && (period.effectiveTo === null || period.effectiveTo > at));
  const found = holding.find((period) => period.gatewayId === gatewayId) ?? holding.find((period) => period.gatewayId === null);
  if (!found) throw new Error(`${modelId} has no price at ${at.toISOString()}`);
  return found;
}

/** A price times a percentage, rounded down to 6 decimals. */
function scaled(price: string, percent: bigint): string {
  const digits = ((BigInt(price.replace('.', '')) * percent) / 100n).toString().padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

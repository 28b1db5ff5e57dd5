/** A price in US dollars per 1,000,000 tokens with at most 6 decimals, as millionths of a dollar. */
function micros(price: string): bigint {
  const [whole = '0', fraction = ''] = price.split('.');
  return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
}

export interface Rates {
  readonly inputPrice: string;
  readonly outputPrice: string;
  readonly cachedInputPrice: string | null;
}

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
}

/**
 * What a call costs, in units of 10^-10 cents, exactly: tokens times dollars per 1,000,000 tokens are cents times 10^4,
 * and prices have 6 decimals.
 */
export function costOf(usage: Usage, rates: Rates): bigint {
  const cached = micros(rates.cachedInputPrice ?? rates.inputPrice);
  return BigInt(usage.inputTokens - usage.cachedInputTokens) * micros(rates.inputPrice)
    + BigInt(usage.cachedInputTokens) * cached + BigInt(usage.outputTokens) * micros(rates.outputPrice);
}

/** Units of 10^-10 cents as a decimal number of cents. */
export function cents(units: bigint): string {
  const digits = units.toString().padStart(11, '0');
  return `${digits.slice(0, -10)}.${digits.slice(-10)}`;
}

/** The other way round: a decimal number of cents with 10 places as units of 10^-10 cents. */
export function unitsOf(costCents: string): bigint {
  return BigInt(costCents.replace('.', ''));
}

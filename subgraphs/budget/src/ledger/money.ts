const places = 10;
const one = 10n ** BigInt(places);

/** A decimal number of cents with at most 10 places as units of 10^-10 cents, in which everything here is reckoned. */
export function unitsOf(cents: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(cents) ?? [];
  if (whole === undefined || fraction.length > places) throw new Error(`not an amount of money with at most ${places} decimal places: ${cents}`);
  const units = BigInt(whole) * one + BigInt(fraction.padEnd(places, '0'));
  return sign ? -units : units;
}

/** The other way round, without trailing zeros. */
export function centsOf(units: bigint): string {
  if (units < 0n) return `-${centsOf(-units)}`;
  const fraction = (units % one).toString().padStart(places, '0').replace(/0+$/, '');
  return `${units / one}${fraction && `.${fraction}`}`;
}

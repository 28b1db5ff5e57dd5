const places = 10;
const one = 10n ** BigInt(places);

/** A number of at most 10 decimal places, as PostgreSQL writes it, in units of 10^-10: so sums of money are exact. */
export function unitsOf(text: string): bigint {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,10}))?$/.exec(text) ?? [];
  if (whole === '') throw new Error(`not a number of at most ${places} decimal places: ${text}`);
  const units = BigInt(whole) * one + BigInt(fraction.padEnd(places, '0'));
  return sign ? -units : units;
}

/** The other way round, without trailing zeros. */
export function textOf(units: bigint): string {
  if (units < 0n) return `-${textOf(-units)}`;
  const fraction = (units % one).toString().padStart(places, '0').replace(/0+$/, '');
  return `${units / one}${fraction && `.${fraction}`}`;
}

/**
 * The value as the other side of an HTTP request would read it, without the way through text: what has `toJSON` (Date,
 * Decimal) becomes what that says, what JSON leaves out is left out. A value that is JSON already comes back as it is,
 * not copied.
 */
export function asJson(value: unknown): unknown {
  if (typeof value === 'bigint') throw new TypeError('JSON has no BigInt');
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (!saysItself(value)) return containerAsJson(value);
  const said = value.toJSON();
  return typeof said === 'object' && said !== null ? containerAsJson(said) : asJson(said);
}

function saysItself(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function containerAsJson(value: object): unknown {
  return Array.isArray(value) ? arrayAsJson(value) : objectAsJson(value as Record<string, unknown>);
}

function arrayAsJson(list: readonly unknown[]): readonly unknown[] {
  const items = list.map((item) => asJson(item) ?? null);
  return items.every((item, i) => item === list[i]) ? list : items;
}

function objectAsJson(object: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(object);
  const mapped = entries.map(([key, value]) => [key, asJson(value)] as const);
  if (mapped.every(([, value], i) => value !== undefined && value === entries[i]?.[1])) return object;
  return Object.fromEntries(mapped.filter(([, value]) => value !== undefined));
}

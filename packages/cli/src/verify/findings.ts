/** A figure that is stored otherwise than it is recomputed. */
export interface Difference {
  /** What it is a figure of, such as `run`. */
  readonly what: string;
  readonly id: string;
  readonly field: string;
  readonly stored: string;
  readonly recomputed: string;
}

/** What one pass over the databases has looked at. */
export interface Findings {
  /** How many of each kind were compared. */
  readonly checked: Map<string, number>;
  /** How many of each kind could not be, since what they came from is no longer kept. */
  readonly leftOut: Map<string, number>;
}

export function noFindings(): Findings {
  return { checked: new Map(), leftOut: new Map() };
}

export function add(counts: Map<string, number>, kind: string, more = 1): void {
  counts.set(kind, (counts.get(kind) ?? 0) + more);
}

/** The fields that differ, as both sides write them. */
export function* differing(what: string, id: string, stored: Readonly<Record<string, string>>, recomputed: Readonly<Record<string, string>>): Generator<Difference> {
  for (const [field, is] of Object.entries(stored)) {
    const should = recomputed[field] ?? '';
    if (is !== should) yield { what, id, field, stored: is, recomputed: should };
  }
}

export function lineOf({ what, id, field, stored, recomputed }: Difference): string {
  return `${what} ${id}: ${field} is ${stored}, recomputed ${recomputed}`;
}

export function listOf(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([kind, number]) => `${number.toLocaleString('en')} ${kind}`).join(', ');
}

/** A row as it is loaded, by column. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a domain by table, in an order in which no row refers to one that comes later. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export function after(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + Math.round(milliseconds));
}

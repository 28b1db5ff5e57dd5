import { InvalidArgumentError } from 'commander';

/** Strictly ISO 8601 with a zone; JavaScript alone would take much else, and turn 30 February into March. */
export function timeArgument(text: string): Date {
  const [, day] = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  const at = new Date(text);
  const isDay = day !== undefined && !Number.isNaN(at.getTime()) && new Date(`${day}T00:00Z`).toISOString().startsWith(day);
  if (!isDay) throw new InvalidArgumentError('Give a time with its zone, such as 2027-01-01T00:00Z.');
  return at;
}

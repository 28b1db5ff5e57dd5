import { z } from 'zod';

const most = 1_000_000_000;

/** What is wrong with the limits of a tier, by name; '' for the whole of them. */
function limitFaults(limits: unknown): [name: string, message: string][] {
  if (typeof limits !== 'object' || limits === null || Array.isArray(limits)) return [['', 'must be a JSON object']];
  const entries = Object.entries(limits);
  if (entries.length > 50) return [['', 'has more than 50 entries']];
  return entries.flatMap(([name, limit]: [string, unknown]): [string, string][] => {
    if (!/^max[A-Z][A-Za-z]{0,49}$/.test(name)) return [[name, 'must be named like maxRunsPerDay']];
    return Number.isInteger(limit) && Number(limit) >= 0 && Number(limit) <= most ? [] : [[name, `must be a whole number from 0 to ${most.toLocaleString('en')}`]];
  });
}

/** The most of something, by name: `{ "maxRunsPerDay": 200 }`. */
export const limits = z.unknown()
  .superRefine((value, issues) => {
    for (const [name, message] of limitFaults(value)) issues.addIssue({ code: 'custom', path: name ? [name] : [], message });
  })
  .transform((value) => value as Readonly<Record<string, number>>);

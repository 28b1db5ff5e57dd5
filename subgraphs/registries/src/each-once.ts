import type { z } from 'zod';

/** The same list with nothing in it twice; a fault lies where an entry comes again. */
export function eachOnce<S extends z.ZodType<string[]>>(list: S) {
  return list.superRefine((entries, issues) => {
    const seen = new Set<string>();
    entries.forEach((entry, i) => {
      if (seen.has(entry)) issues.addIssue({ code: 'custom', path: [i], message: 'is in the list already' });
      seen.add(entry);
    });
  });
}

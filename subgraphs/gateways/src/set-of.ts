import { listOf } from '@forge/subgraph-kit';
import type { z } from 'zod';

/** A list of at most `max` entries, each of which may be there once. */
export function setOf<S extends z.ZodType<string>>(entry: S, max: number) {
  return listOf(entry, max).refine((entries) => new Set(entries).size === entries.length, {
    error: ({ input }) => `has ${(input as string[]).find((each, i, all) => all.indexOf(each) !== i)} more than once`,
  });
}

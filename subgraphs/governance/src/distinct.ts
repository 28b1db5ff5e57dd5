import { listOf } from '@forge/subgraph-kit';
import type { z } from 'zod';

/** A list of at most `max` entries, none of them twice. */
export function distinct<S extends z.ZodType>(entry: S, max: number) {
  return listOf(entry, max).refine((entries) => new Set(entries).size === entries.length, 'has an entry twice');
}

import { z } from 'zod';
import { refuse } from '../errors/refusal.ts';
import type { SubgraphChanges } from '../supergraph/composer.ts';

/** What was sent: a supergraph that is composed, or subgraphs that have changed. */
export type SupergraphBody = { readonly sdl: string } | { readonly changes: SubgraphChanges };

const changesSchema = z.strictObject({
  subgraphs: z.record(
    z.string().regex(/^[A-Za-z][\w-]*$/, 'is not a name for a subgraph'),
    z.strictObject({ sdl: z.string().min(1), url: z.url({ protocol: /^https?$/ }).optional() }),
  ).refine((subgraphs) => Object.keys(subgraphs).length > 0, 'names no subgraph'),
});

/** Reads a body that was parsed by its content type; throws a Refusal that names every fault. */
export function readSupergraphBody(body: unknown): SupergraphBody {
  if (typeof body === 'string') return { sdl: body };
  const result = changesSchema.safeParse(body, { reportInput: false });
  if (result.success) return { changes: result.data.subgraphs };
  throw refuse('BAD_REQUEST', `The body is not { "subgraphs": { "<name>": { "sdl": "…", "url"?: "…" } } }:\n${z.prettifyError(result.error)}`, { status: 400 });
}

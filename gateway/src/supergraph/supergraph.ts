import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { buildASTSchema, type DocumentNode, type GraphQLSchema } from 'graphql';
import { readGraphs, type Graph } from './graphs.ts';
import { parseInSlices } from './parse-in-slices.ts';

/** One version of the graph; it never changes, and a request stays with the one it began with. */
export interface Supergraph {
  /** Tells versions apart: the first 16 hex digits of the SHA-256 of the SDL. */
  readonly id: string;
  readonly sdl: string;
  /** With everything that composition wrote, and what clients do not see: what our own enforcement reads. */
  readonly schema: GraphQLSchema;
  /** What clients see: for validation and introspection. */
  readonly apiSchema: GraphQLSchema;
  readonly subgraphs: readonly Graph[];
}

/**
 * Reads a supergraph that the planner has found sound, with the API schema the planner has made of it. In small steps, the two longest
 * of some 15 milliseconds, between which other requests have their turn.
 */
export async function loadSupergraph(sdl: string, apiSdl: string): Promise<Supergraph> {
  const document = await parseInSlices(sdl);
  const schema = build(document);
  await breathe();
  const apiDocument = await parseInSlices(apiSdl);
  return { id: supergraphId(sdl), sdl, schema, apiSchema: build(apiDocument), subgraphs: readGraphs(document) };
}

export function supergraphId(sdl: string): string {
  return createHash('sha256').update(sdl).digest('hex').slice(0, 16);
}

function build(document: DocumentNode): GraphQLSchema {
  return buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
}

import { setImmediate as breathe } from 'node:timers/promises';
import { GraphQLError, Kind, parse, type DefinitionNode, type DocumentNode } from 'graphql';

const sliceLength = 32_000;

/**
 * Parses a long SDL without places, a slice at a time, between which other requests have their turn. Where the text is not laid out as
 * printers do, so that the slices make no sense, it is parsed in one go. Throws the GraphQLError of a syntax error.
 */
export async function parseInSlices(sdl: string): Promise<DocumentNode> {
  const definitions: DefinitionNode[] = [];
  try {
    for (const slice of slices(sdl)) {
      definitions.push(...parse(slice, { noLocation: true }).definitions);
      await breathe();
    }
  } catch (error) {
    if (error instanceof GraphQLError) return parse(sdl, { noLocation: true });
    throw error;
  }
  return { kind: Kind.DOCUMENT, definitions };
}

/** Cuts after a closing brace on a line of its own, where no block string is open. */
function* slices(sdl: string): Generator<string> {
  let start = 0;
  let inBlockString = false;
  for (const { 0: mark, index } of sdl.matchAll(/\\?"""|^\}\n/gm)) {
    if (mark === '"""') inBlockString = !inBlockString;
    if (mark !== '}\n' || inBlockString || index - start < sliceLength) continue;
    yield sdl.slice(start, index + mark.length);
    start = index + mark.length;
  }
  // A slice needs a definition, and there may be only white space left.
  if (start === 0 || /\S/.test(sdl.slice(start))) yield sdl.slice(start);
}

import { OperatorError } from '@forge/config';
import { GraphQLError, parse, Source, type DocumentNode } from 'graphql';

/** A subgraph as composition sees it. */
export interface SubgraphSource {
  readonly name: string;
  /** Where a router reaches it; a gateway that has a transport for it does not look. */
  readonly url: string;
  /** Its printed schema. */
  readonly sdl: string;
}

/** The schema as a document; throws an OperatorError that names the subgraph and the place of a syntax error. */
export function parseSubgraph({ name, sdl }: SubgraphSource): DocumentNode {
  try {
    return parse(new Source(sdl, `${name}: schema.graphql`));
  } catch (error) {
    if (error instanceof GraphQLError) throw new OperatorError(`The schema of the subgraph "${name}" cannot be read:\n${error.toString()}`);
    throw error;
  }
}

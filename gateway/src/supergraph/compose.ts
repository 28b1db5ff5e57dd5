import { composeServices } from '@apollo/composition';
import { CompositionError } from './composition-error.ts';
import { explainCompositionError } from './explain-composition.ts';
import { parseSubgraph, type SubgraphSource } from './subgraph-source.ts';

/**
 * The supergraph of these subgraphs, the same text for the same schemas in whatever order they come. Throws a
 * CompositionError that says of each fault which subgraphs, which type and field, and what to do.
 */
export function composeSupergraph(subgraphs: readonly SubgraphSource[]): string {
  const services = subgraphs.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((source) => ({ name: source.name, url: source.url, typeDefs: parseSubgraph(source) }));
  const { errors, supergraphSdl } = composeServices(services);
  if (!errors) return `${supergraphSdl.trim()}\n`;

  const names = subgraphs.map(({ name }) => name);
  throw new CompositionError(errors.map((error) => explainCompositionError(error, names)));
}

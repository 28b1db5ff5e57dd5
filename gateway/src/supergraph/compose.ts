import { composeServices } from '@apollo/composition';
import { OperatorError } from '@forge/config';
import { explainCompositionError } from './composition-error.ts';
import { parseSubgraph, type SubgraphSource } from './subgraph-source.ts';

/**
 * The supergraph of these subgraphs, the same text for the same schemas in whatever order they come. Throws an
 * OperatorError that says of each fault which subgraphs, which type and field, and what to do.
 */
export function composeSupergraph(subgraphs: readonly SubgraphSource[]): string {
  const services = subgraphs.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((source) => ({ name: source.name, url: source.url, typeDefs: parseSubgraph(source) }));
  const { errors, supergraphSdl } = composeServices(services);
  if (!errors) return `${supergraphSdl.trim()}\n`;

  const names = subgraphs.map(({ name }) => name);
  const explained = errors.map((error) => explainCompositionError(error, names));
  const count = errors.length === 1 ? 'a fault' : `${errors.length} faults`;
  throw new OperatorError(`The subgraphs do not compose, there is ${count}:\n\n${explained.join('\n\n')}`);
}

import { createHash } from 'node:crypto';
import { print } from 'graphql';
import { parseSubgraph, type SubgraphSource } from './subgraph-source.ts';

const title = '# Composed by `forge compose` from these schemas; do not edit.';

/** The supergraph under a head of comments that says, by a hash of each, which schemas it was composed from. */
export function stamp(supergraphSdl: string, subgraphs: readonly SubgraphSource[]): string {
  const lines = subgraphs.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((source) => `# ${source.name} ${hashSchema(source)}`);
  return `${[title, ...lines].join('\n')}\n\n${supergraphSdl}`;
}

/** The subgraphs whose schemas have changed, come or gone since this supergraph was composed. */
export function changedSince(stamped: string, subgraphs: readonly SubgraphSource[]): string[] {
  const before = readStamp(stamped);
  const now = new Map(subgraphs.map((source) => [source.name, hashSchema(source)] as const));
  const names = new Set([...before.keys(), ...now.keys()]);
  return [...names].filter((name) => before.get(name) !== now.get(name)).sort();
}

/** The hashes, by subgraph, of the schemas that a supergraph was composed from. */
export function readStamp(stamped: string): ReadonlyMap<string, string> {
  return new Map([...stamped.matchAll(/^# (\S+) ([0-9a-f]{16})$/gm)].map(([, name = '', digest = '']) => [name, digest]));
}

/** Of the schema as it is printed: layout does not count. */
export function hashSchema(source: SubgraphSource): string {
  return createHash('sha256').update(print(parseSubgraph(source))).digest('hex').slice(0, 16);
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Supergraph {
  readonly subgraphs?: Readonly<Record<string, { readonly routing_url?: string } | undefined>>;
}

/** Where subgraphs answer unless told otherwise, by name, as `gateway/supergraph.yaml` says; empty when there is no such file. */
export function routingUrls(projectDir: string): ReadonlyMap<string, string> {
  const file = join(projectDir, 'gateway/supergraph.yaml');
  if (!existsSync(file)) return new Map();
  const { subgraphs = {} } = parse(readFileSync(file, 'utf8')) as Supergraph;
  return new Map(Object.entries(subgraphs).flatMap(([name, subgraph]) => (subgraph?.routing_url && URL.canParse(subgraph.routing_url) ? [[name, subgraph.routing_url]] : [])));
}

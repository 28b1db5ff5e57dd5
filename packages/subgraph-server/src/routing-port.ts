import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Supergraph {
  readonly subgraphs?: Readonly<Record<string, { readonly routing_url?: string } | undefined>>;
}

/** The port at which the gateway looks for a subgraph unless told otherwise, by `gateway/supergraph.yaml`; undefined when that does not say. */
export function routingPort(projectDir: string, subgraph: string): number | undefined {
  const file = join(projectDir, 'gateway/supergraph.yaml');
  if (!existsSync(file)) return undefined;
  const { subgraphs } = parse(readFileSync(file, 'utf8')) as Supergraph;
  const url = subgraphs?.[subgraph]?.routing_url;
  return url !== undefined && URL.canParse(url) && new URL(url).port !== '' ? Number(new URL(url).port) : undefined;
}

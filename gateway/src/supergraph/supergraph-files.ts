import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { OperatorError } from '@forge/config';
import { composeSupergraph } from './compose.ts';
import { nodeSubgraphName, printNodeSchema } from './node-schema.ts';
import { changedSince, stamp } from './stamp.ts';
import type { SubgraphSource } from './subgraph-source.ts';
import { readList, readSchema } from './supergraph-list.ts';

/** A file that composition makes. */
export interface ComposedFile {
  readonly path: string;
  readonly text: string;
}

/** What `forge compose` writes for the subgraphs listed in `supergraph.yaml`: the node subgraph's schema and the supergraph beside it. */
export function composeFiles(listFile: string): { files: ComposedFile[]; changed: string[] } {
  const listed = readList(listFile);
  const sources = listed.filter(({ name }) => name !== nodeSubgraphName).map((each): SubgraphSource => ({ name: each.name, url: each.url, sdl: readSchema(each, listFile) }));

  const node = listed.find(({ name }) => name === nodeSubgraphName);
  if (!node) throw new OperatorError(`${listFile} does not list the subgraph "${nodeSubgraphName}", which answers Query.node. Add it, with its schema.file.`);
  const nodeSource = { name: nodeSubgraphName, url: node.url, sdl: printNodeSchema(sources) };

  const path = join(dirname(resolve(listFile)), 'supergraph.graphql');
  const all = [...sources, nodeSource];
  return {
    files: [
      { path: node.file, text: nodeSource.sdl },
      { path, text: stamp(composeSupergraph(all), all) },
    ],
    changed: changedSince(existsSync(path) ? readFileSync(path, 'utf8') : '', all),
  };
}

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { OperatorError } from '@forge/config';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { composeSupergraph } from './compose.ts';
import { nodeSubgraphName, printNodeSchema } from './node-schema.ts';
import { changedSince, stamp } from './stamp.ts';
import type { SubgraphSource } from './subgraph-source.ts';

// The format of Rover's `supergraph compose --config`, as far as this project uses it.
const listSchema = z.strictObject({
  federation_version: z.string(),
  subgraphs: z.record(z.string(), z.strictObject({ routing_url: z.url(), schema: z.strictObject({ file: z.string() }) })),
});

/** A file that composition makes. */
export interface ComposedFile {
  readonly path: string;
  readonly text: string;
}

/** What `forge compose` writes for the subgraphs listed in `supergraph.yaml`: the node subgraph's schema and the supergraph beside it. */
export function composeFiles(listFile: string): { files: ComposedFile[]; changed: string[] } {
  const folder = dirname(resolve(listFile));
  const entries = Object.entries(readList(listFile));
  const sources = entries.filter(([name]) => name !== nodeSubgraphName).map(([name, entry]): SubgraphSource =>
    ({ name, url: entry.routing_url, sdl: readSchema(name, join(folder, entry.schema.file), listFile) }));

  const node = entries.find(([name]) => name === nodeSubgraphName)?.[1];
  if (!node) throw new OperatorError(`${listFile} does not list the subgraph "${nodeSubgraphName}", which answers Query.node. Add it, with its schema.file.`);
  const nodeSource = { name: nodeSubgraphName, url: node.routing_url, sdl: printNodeSchema(sources) };

  const path = join(folder, 'supergraph.graphql');
  const all = [...sources, nodeSource];
  return {
    files: [
      { path: join(folder, node.schema.file), text: nodeSource.sdl },
      { path, text: stamp(composeSupergraph(all), all) },
    ],
    changed: changedSince(existsSync(path) ? readFileSync(path, 'utf8') : '', all),
  };
}

function readList(listFile: string) {
  if (!existsSync(listFile)) throw new OperatorError(`There is no ${listFile}: it lists the subgraphs to compose.`);
  const result = listSchema.safeParse(parseYaml(readFileSync(listFile, 'utf8')));
  if (!result.success) throw new OperatorError(`${listFile} is not a list of subgraphs:\n${z.prettifyError(result.error)}`);
  return result.data.subgraphs;
}

function readSchema(name: string, file: string, listFile: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new OperatorError(`The subgraph "${name}" has no printed schema: ${file} does not exist. Run \`forge generate\`, or correct schema.file in ${listFile}.`);
}

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { OperatorError } from '@forge/config';
import { parse } from 'yaml';
import { z } from 'zod';
import { nodeSubgraphName } from './node-schema.ts';
import type { SubgraphSource } from './subgraph-source.ts';

// The format of Rover's `supergraph compose --config`, as far as this project uses it.
const listSchema = z.strictObject({
  federation_version: z.string(),
  subgraphs: z.record(z.string(), z.strictObject({ routing_url: z.url(), schema: z.strictObject({ file: z.string() }) })),
});

/** A subgraph as `supergraph.yaml` has it. */
export interface ListedSubgraph {
  readonly name: string;
  readonly url: string;
  /** Where its printed schema is: an absolute path. */
  readonly file: string;
}

/** The subgraphs listed in a `supergraph.yaml`. Throws an OperatorError that says what is wrong with it. */
export function readList(listFile: string): ListedSubgraph[] {
  if (!existsSync(listFile)) throw new OperatorError(`There is no ${listFile}: it lists the subgraphs to compose.`);
  const result = listSchema.safeParse(parse(readFileSync(listFile, 'utf8')));
  if (!result.success) throw new OperatorError(`${listFile} is not a list of subgraphs:\n${z.prettifyError(result.error)}`);
  const folder = dirname(resolve(listFile));
  return Object.entries(result.data.subgraphs).map(([name, { routing_url: url, schema }]) => ({ name, url, file: join(folder, schema.file) }));
}

/** The printed schema of a listed subgraph. */
export function readSchema({ name, file }: ListedSubgraph, listFile: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new OperatorError(`The subgraph "${name}" has no printed schema: ${file} does not exist. Run \`forge generate\`, or correct schema.file in ${listFile}.`);
}

/** The listed subgraphs with their printed schemas; that of `node`, which follows from the others, is left empty. */
export function readSources(listFile: string): SubgraphSource[] {
  return readList(listFile).map((each) => ({ name: each.name, url: each.url, sdl: each.name === nodeSubgraphName ? '' : readSchema(each, listFile) }));
}

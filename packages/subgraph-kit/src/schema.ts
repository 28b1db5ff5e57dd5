import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { concatAST, parse, type DocumentNode } from 'graphql';

/** The schema of a domain: the `.graphql` files under `folder` (any depth, in the order of their paths) after what all subgraphs share. */
export function readTypeDefs(folder: string): DocumentNode {
  return concatAST([...graphqlFiles(join(import.meta.dirname, 'schema')), ...graphqlFiles(folder)].map((file) => parse(readFileSync(file, 'utf8'))));
}

function graphqlFiles(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.graphql'));
  return paths.sort().map((path) => join(folder, path));
}

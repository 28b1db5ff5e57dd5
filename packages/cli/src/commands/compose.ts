import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { printSubgraphSchema } from '@apollo/subgraph';
import { OperatorError } from '@forge/config';
import { composeFiles, type ComposedFile } from '@forge/gateway/compose';
import { buildSchema, readTypeDefs } from '@forge/subgraph-kit';
import { Command } from 'commander';
import { listDomains } from '../domains.ts';
import type { Forge } from '../forge.ts';

/** `forge compose`: the printed schema of each subgraph, and the supergraph made of them. */
export function composeCommand({ projectDir }: Forge): Command {
  return new Command('compose')
    .description('print the schema of each subgraph, and compose them into gateway/supergraph.graphql')
    .option('--check', 'write nothing, and fail when a file is not what would be written')
    .action(({ check }: { check?: true }) => (check ? checkDrift(projectDir) : compose(projectDir)));
}

function compose(projectDir: string): void {
  const write = (file: ComposedFile) => {
    writeFileSync(file.path, file.text);
    console.log(relative(projectDir, file.path));
  };
  printedSchemas(projectDir).filter(isOutdated).forEach(write);
  composeFiles(listFile(projectDir)).files.filter(isOutdated).forEach(write);
}

function checkDrift(projectDir: string): void {
  const printed = printedSchemas(projectDir).filter(isOutdated).map(({ path }) => `${relative(projectDir, path)} is not the schema that the .graphql files beside it make.`);
  // Composed of outdated schemas, the supergraph would only repeat what has been said.
  const faults = printed.length > 0 ? printed : supergraphDrift(projectDir);
  if (faults.length > 0) throw new OperatorError(`${faults.join('\n')}\nRun \`forge compose\` and commit what it writes.`);
}

function supergraphDrift(projectDir: string): string[] {
  const { files, changed } = composeFiles(listFile(projectDir));
  const why = changed.length > 0 ? `the schema of ${changed.join(', ')} has changed since` : 'it was edited, or composed by another version';
  return files.filter(isOutdated).map(({ path }) => `${relative(projectDir, path)} is not what the subgraphs compose to: ${why}.`);
}

function printedSchemas(projectDir: string): ComposedFile[] {
  return listDomains(projectDir).map((domain) => join(projectDir, 'subgraphs', domain)).filter((folder) => existsSync(join(folder, 'src'))).map((folder) => ({
    path: join(folder, 'schema.graphql'),
    text: `${printSubgraphSchema(buildSchema(readTypeDefs(join(folder, 'src')), [])).trim()}\n`,
  }));
}

function isOutdated({ path, text }: ComposedFile): boolean {
  return !existsSync(path) || readFileSync(path, 'utf8') !== text;
}

function listFile(projectDir: string): string {
  return join(projectDir, 'gateway/supergraph.yaml');
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const projectDir = join(import.meta.dirname, '../../../../..');

export function read(file: string): string {
  return readFileSync(join(projectDir, file), 'utf8');
}

/** A YAML file, its merge keys merged. */
export function readYaml(file: string): unknown {
  return parse(read(file), { merge: true });
}

/** The subgraphs that are processes, in alphabetical order; `node` is part of the gateway. */
export function subgraphNames(): string[] {
  const { subgraphs } = readYaml('gateway/supergraph.yaml') as { subgraphs: object };
  return Object.keys(subgraphs).filter((name) => name !== 'node').sort();
}

/** The variables whose values nobody may know: what `forge secrets` prints. */
export function isSecret(variable: string): boolean {
  return /^DATABASE_URL|PASSWORD|PRIVATE_KEY|SECRET/.test(variable);
}

/** The port on which every service listens in its container. */
export const containerPort = 4000;

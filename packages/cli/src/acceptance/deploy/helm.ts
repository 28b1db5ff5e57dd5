import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './manifest.ts';
import { projectDir } from './project.ts';

const chart = join(projectDir, 'deploy/chart');

/** Whether this machine has Helm, under that name. */
export function hasHelm(): boolean {
  try {
    execFileSync('helm', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What `helm` says to a command about the chart; throws with what it says when it fails. */
export function helm(command: string, ...options: string[]): string {
  return execFileSync('helm', [command, ...(command === 'template' ? ['forge'] : []), chart, '--namespace', 'forge', ...options], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024 });
}

/** The options that take the values in `deploy/chart/ci/`. */
export function valuesOf(name: string): string[] {
  return ['--values', join(chart, 'ci', `${name}-values.yaml`)];
}

/** The manifests that the chart makes. */
export function render(...options: string[]): Manifest[] {
  return parseAllDocuments(helm('template', ...options)).map((document) => document.toJS() as Manifest | null).filter((manifest) => manifest !== null);
}

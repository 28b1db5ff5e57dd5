import { stringify } from 'yaml';
import type { Secrets } from './fresh-secrets.ts';

/** As an .env file: for Docker Compose, and for `node --env-file`. */
export function asEnvFile(secrets: Secrets): string {
  return Object.entries(secrets).map(([name, value]) => `${name}=${quoted(value)}`).join('\n');
}

/** What has several lines stands between quotes, with \n for their ends; nothing else in it needs any. */
function quoted(value: string): string {
  return value.includes('\n') ? JSON.stringify(value) : value;
}

/** As a Kubernetes Secret whose keys are the variables' names. */
export function asKubernetesSecret(name: string, secrets: Secrets): string {
  return stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, type: 'Opaque', stringData: secrets }, { lineWidth: 0 }).trimEnd();
}

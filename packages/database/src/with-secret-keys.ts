import type { Environment } from '@forge/config';
import { join } from 'node:path';
import { secretIn } from './secret.ts';

/**
 * The environment with FORGE_SECRET_KEYS, by which subgraphs encrypt what they keep secret. Where it is not set, and
 * NODE_ENV is not production, the installation's own secret in `.forge/secret` stands in: with another `.forge` nothing
 * that it encrypted can be read any more.
 */
export function withSecretKeys(env: Environment, projectDir: string): Environment {
  if (env['FORGE_SECRET_KEYS'] !== undefined || env['NODE_ENV'] === 'production') return env;
  return { ...env, FORGE_SECRET_KEYS: `installation:${secretIn(join(projectDir, '.forge'))}` };
}

import type { Environment } from '@forge/config';
import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { secretIn } from './secret.ts';

/**
 * The environment with FORGE_SECRET_KEYS, by which subgraphs encrypt what they keep secret, and FORGE_EVENT_SECRETS, by
 * which they know each other's events. Where these are not set, and NODE_ENV is not production, the installation's own
 * secret in `.forge/secret` stands in: with another `.forge` nothing that it encrypted can be read any more.
 */
export function withSecretKeys(env: Environment, projectDir: string): Environment {
  // An empty variable counts as none.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
  if (given['NODE_ENV'] === 'production' || (given['FORGE_SECRET_KEYS'] && given['FORGE_EVENT_SECRETS'])) return env;
  const secret = secretIn(join(projectDir, '.forge'));
  const eventSecret = createHmac('sha256', secret).update('events').digest('base64');
  return { FORGE_SECRET_KEYS: `installation:${secret}`, FORGE_EVENT_SECRETS: eventSecret, ...given };
}

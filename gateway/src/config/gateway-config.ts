import { readConfig, type Environment } from '@forge/config';
import { z } from 'zod';
import { authenticateAsDemo, type Authenticate } from '../security/authenticate/authenticate.ts';

const schema = z.object({
  NODE_ENV: z.string().optional(),
  FORGE_AUTH: z.enum(['dev'], 'the only kind of authentication so far is dev').optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number('must be a number from 0 to 65535').int('must be a whole number').min(0).max(65_535).default(4000),
}).refine(({ NODE_ENV, FORGE_AUTH }) => NODE_ENV !== 'production' || FORGE_AUTH !== undefined, {
  path: ['FORGE_AUTH'], message: 'is not set; with NODE_ENV=production nobody is let in unasked, so say how callers prove who they are',
}).refine(({ NODE_ENV, FORGE_AUTH }) => NODE_ENV !== 'production' || FORGE_AUTH !== 'dev', {
  path: ['FORGE_AUTH'], message: 'dev makes every caller an administrator; it is not for NODE_ENV=production',
});

export interface GatewayConfig {
  host: string;
  port: number;
  authenticate: Authenticate;
  introspection: boolean;
}

/** What the environment says about the front door; throws an OperatorError that lists every fault. */
export function readGatewayConfig(env: Environment): GatewayConfig {
  const config = readConfig(schema, env);
  return { host: config.HOST, port: config.PORT, authenticate: authenticateAsDemo, introspection: config.NODE_ENV !== 'production' };
}

import { OperatorError } from '@forge/config';
import { isLoopback } from '@forge/process';
import { authenticateAsDemo, type Authenticate } from './authenticate.ts';

/** Throws an OperatorError when `host` would let others than this machine be the demo organisation's administrator. */
export function assertMayListen(authenticate: Authenticate, host: string): void {
  if (authenticate !== authenticateAsDemo || isLoopback(host)) return;
  throw new OperatorError(`FORGE_AUTH=dev makes every caller an administrator, so it listens on loopback only, not on ${host}. Leave HOST out, or configure authentication.`);
}

import { BlockList, isIPv4 } from 'node:net';
import { OperatorError } from '@forge/config';
import { authenticateAsDemo, type Authenticate } from './authenticate.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Throws an OperatorError when `host` would let others than this machine be the demo organisation's administrator. */
export function assertMayListen(authenticate: Authenticate, host: string): void {
  if (authenticate !== authenticateAsDemo || host === 'localhost' || isLoopback(host)) return;
  throw new OperatorError(`FORGE_AUTH=dev makes every caller an administrator, so it listens on loopback only, not on ${host}. Leave HOST out, or configure authentication.`);
}

function isLoopback(host: string): boolean {
  return loopback.check(host, isIPv4(host) ? 'ipv4' : 'ipv6');
}

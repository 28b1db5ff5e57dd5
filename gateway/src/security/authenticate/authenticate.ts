import type { IncomingHttpHeaders } from 'node:http';
import { demoPrincipal, UnauthenticatedError, type Principal } from '@forge/auth';

/** Finds out who is asking; throws UnauthenticatedError, with a message for the client, when that cannot be told. */
export type Authenticate = (headers: IncomingHttpHeaders) => Principal | Promise<Principal>;

/** FORGE_AUTH=dev: who brings no credentials is the demo organisation's administrator. Never served beyond loopback. */
export const authenticateAsDemo: Authenticate = ({ authorization }) => {
  if (authorization === undefined) return demoPrincipal;
  throw new UnauthenticatedError('This server runs with FORGE_AUTH=dev and understands no credentials. Leave the Authorization header out.');
};

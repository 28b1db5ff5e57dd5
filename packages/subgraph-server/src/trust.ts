import { createPrincipalVerifier, demoPrincipal, UnauthenticatedError, type Principal } from '@forge/auth';

/** Who sends a request, by the token it brings; throws UnauthenticatedError, with a message for the sender, when that cannot be told. */
export type Authenticate = (token: string | undefined) => Promise<Principal>;

/** With the gateway's public key, or several as PEM: its tokens for this subgraph and no others. Without it: no token, and everyone is the demo organisation's administrator. */
export async function authenticator(subgraph: string, gatewayKey: string | undefined): Promise<Authenticate> {
  if (gatewayKey === undefined) return authenticateAsDemo;
  const verify = await createPrincipalVerifier(gatewayKey);
  return async (token) => {
    if (token === undefined) throw new UnauthenticatedError('This subgraph answers the gateway only.');
    return verify(token, subgraph);
  };
}

const authenticateAsDemo: Authenticate = async (token) => {
  if (token === undefined) return demoPrincipal;
  throw new UnauthenticatedError('This subgraph runs with FORGE_AUTH=dev and understands no tokens. Leave the Authorization header out.');
};

import { z } from 'zod';

// What gateway and subgraphs agree on: a JWT (RFC 7519) signed with Ed25519 (RFC 8037), for one subgraph and one minute
// at most, so nothing has to be revoked.
export const algorithm = 'EdDSA';
export const issuer = 'forge-gateway';
export const lifetimeSeconds = 60;

/** How far the gateway's clock may be ahead of a subgraph's. Behind it may be what is left of a token's life when it is sent. */
export const clockToleranceSeconds = 5;

/** The claims of a token, times in seconds. */
export const claims = z.object({
  aud: z.string(),
  sub: z.string().min(1),
  orgId: z.string().min(1),
  kind: z.enum(['user', 'apiKey', 'gateway', 'system']),
  scopes: z.array(z.string()),
  iat: z.number(),
  exp: z.number(),
});

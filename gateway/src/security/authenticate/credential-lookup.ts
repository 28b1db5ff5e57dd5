import type { Principal } from '@forge/auth';
import { z } from 'zod';
import type { Fetch } from '../../transport/fetcher.ts';

const credential = z.object({
  orgId: z.string().min(1),
  subject: z.string().min(1),
  kind: z.enum(['API_KEY', 'GATEWAY']),
  scopes: z.array(z.string()),
  expiresAt: z.iso.datetime({ offset: true }).nullable(),
});

/** What the gateways subgraph knows of an API key or a gateway token that is good. */
export type Credential = z.output<typeof credential>;

/** Finds a credential by the SHA-256 of the key, in hex; null when there is none, or it is revoked or expired. Rejects when that cannot be told. */
export type LookUpCredential = (hash: string, signal: AbortSignal) => Promise<Credential | null>;

const answer = z.object({ credential: credential.nullable() });
const query = 'query Credential($hash: String!) { credential(hash: $hash) { orgId subject kind scopes expiresAt } }';

// Nobody is known yet, so the gateway asks in its own name.
const gateway: Principal = { orgId: 'system', subject: 'gateway', kind: 'system', scopes: ['system'] };

/** Looks credentials up in the gateways subgraph. */
export function lookUpCredentialOver(fetch: Fetch): LookUpCredential {
  return async (hash, signal) => {
    const { data, errors = [] } = await fetch('gateways', { kind: 'query', query, operationName: 'Credential', variables: { hash } }, { principal: gateway, signal });
    if (errors.length > 0) throw new Error(`The gateways subgraph looked no credential up: ${errors.map(({ message }) => message).join(' ')}`);
    return answer.parse(data).credential;
  };
}

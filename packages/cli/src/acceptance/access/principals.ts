import { demoPrincipal, type Principal } from '@forge/auth';
import { domains } from './scopes.ts';

const named: Readonly<Record<string, readonly string[]>> = {
  'admin': ['admin'],
  'somebody without scopes': [],
  'a reader of the schema': ['graph:introspect'],
  'a workflow operator': ['workflow:execute'],
  'an approver': ['governance:approve'],
  'an auditor': ['governance:audit'],
  'a key manager': ['gateways:keys'],
  'a budget spender': ['budget:spend'],
  'a reader of everything': domains.map((domain) => `${domain}:read`),
  ...Object.fromEntries(domains.flatMap((domain) => [[`a reader of ${domain}`, [`${domain}:read`]], [`a writer of ${domain}`, [`${domain}:write`]]])),
  // What leads from one domain to another needs the scopes of both: each domain's must be missed.
  ...Object.fromEntries(domains.map((missing) => [`a reader of everything but ${missing}`, domains.filter((domain) => domain !== missing).map((domain) => `${domain}:read`)])),
};

/** Who walks through the graph, by what they are called in the table. */
export function principals(gatewayId: string): ReadonlyMap<string, Principal> {
  const runtime: Principal = { ...demoPrincipal, kind: 'gateway', subject: gatewayId, scopes: ['gateways:runtime'] };
  return new Map([...Object.entries(named).map(([name, scopes]) => [name, { ...demoPrincipal, scopes }] as const), ["a gateway's runtime", runtime]]);
}

import type { Requirement } from './decided.ts';

export const domains = ['agents', 'analytics', 'budget', 'chat', 'factories', 'gateways', 'governance', 'registries', 'workflow', 'workforce'] as const;

const byDomain = domains.flatMap((domain) => [`${domain}:read`, `${domain}:write`]);
const sharper = ['workflow:execute', 'governance:approve', 'governance:audit', 'gateways:keys', 'gateways:runtime', 'budget:spend', 'graph:introspect'];

/** What comes with a scope, as it was decided. It is written down here a second time, so that a slip in `@forge/auth` is noticed. */
const comesWith: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(domains.map((domain) => [`${domain}:write`, [`${domain}:read`]])),
  'workflow:execute': ['workflow:read'],
  'governance:approve': ['governance:read', 'workflow:read'],
  'governance:audit': ['governance:read'],
  'gateways:keys': ['gateways:read'],
  'budget:spend': ['budget:read'],
  'admin': [...byDomain, ...sharper],
};

export function meets(scopes: readonly string[], requirement: Requirement): boolean {
  const all = new Set(scopes.flatMap((scope) => [scope, ...(comesWith[scope] ?? [])]));
  return requirement.some((together) => together.every((scope) => all.has(scope)));
}

/** `workflow:read + governance:audit`, without what comes with the rest anyway. */
export function inWords(requirements: readonly Requirement[]): string {
  const kept = requirements.reduce<Requirement[]>((said, each) => (said.some((other) => implies(other, each)) ? said : [...said.filter((other) => !implies(each, other)), each]), []);
  const words = kept.map((requirement) => requirement.map((together) => together.join(' and ')).join(' or ')).sort();
  return words.map((each) => (words.length > 1 && each.includes(' ') ? `(${each})` : each)).join(' + ') || 'whoever gets there';
}

function implies(given: Requirement, wanted: Requirement): boolean {
  return given.every((together) => meets(together, wanted));
}

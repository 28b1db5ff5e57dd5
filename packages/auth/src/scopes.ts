const domains = ['workflow', 'agents', 'governance', 'gateways', 'registries', 'analytics', 'budget', 'chat', 'factories', 'workforce'] as const;
const sharper = [
  'workflow:execute', 'governance:approve', 'governance:audit', 'gateways:runtime', 'gateways:keys', 'budget:spend',
  // May read the schema where the gateway does not show it to everybody.
  'graph:introspect',
] as const;

type Domain = (typeof domains)[number];

/** What may be given to a key or a person; `system` is not among them, the gateway alone has that. */
export type Scope = `${Domain}:read` | `${Domain}:write` | (typeof sharper)[number] | 'admin';

/** Every scope that may be given. */
export const scopes: readonly Scope[] = [...domains.flatMap((domain) => [`${domain}:read`, `${domain}:write`] as const), ...sharper, 'admin'];

/** What comes with a scope; what comes with that in turn is listed too. */
const implied: ReadonlyMap<string, readonly Scope[]> = new Map<Scope, readonly Scope[]>([
  ...domains.map((domain) => [`${domain}:write`, [`${domain}:read`]] as const),
  ['workflow:execute', ['workflow:read']],
  ['governance:approve', ['governance:read', 'workflow:read']],
  ['governance:audit', ['governance:read']],
  ['gateways:keys', ['gateways:read']],
  ['budget:spend', ['budget:read']],
  ['admin', scopes],
]);

// A principal asks many times and its list of scopes stays the same, so it is worked out once a list.
const granted = new WeakMap<readonly string[], ReadonlySet<string>>();

/** These scopes and all that come with them. The list must not change afterwards: it is remembered by identity. */
export function grantedBy(given: readonly string[]): ReadonlySet<string> {
  const known = granted.get(given);
  if (known) return known;
  const all = new Set(given.flatMap((scope) => [scope, ...(implied.get(scope) ?? [])]));
  granted.set(given, all);
  return all;
}

/**
 * Whether a principal with these scopes may do what needs `requirement`: of one of its lists all, as in
 * `@requiresScopes(scopes:)` (Apollo Federation 2.5). An empty requirement is met by nobody.
 */
export function mayDo(given: readonly string[], requirement: readonly (readonly string[])[]): boolean {
  const all = grantedBy(given);
  return requirement.some((together) => together.every((scope) => all.has(scope)));
}

/** Whether whoever meets `given` meets `wanted` as well. */
export function implies(given: readonly (readonly string[])[], wanted: readonly (readonly string[])[]): boolean {
  return given.every((together) => mayDo(together, wanted));
}

/** What to tell who may not: `This needs the scope analytics:write or gateways:runtime.` */
export function describeRequirement(requirement: readonly (readonly string[])[]): string {
  const several = requirement.some(({ length }) => length > 1);
  const ways = requirement.map((together) => together.join(' and '));
  return `This needs the ${several ? 'scopes' : 'scope'} ${ways.join(several ? ', or ' : ' or ')}.`;
}

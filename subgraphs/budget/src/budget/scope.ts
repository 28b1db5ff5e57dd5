import { idOf, type TypeName } from '@forge/subgraph-kit';

/** The type of the thing that a budget of each scope is for. */
const scopes = {
  GLOBAL: null,
  GATEWAY: 'Gateway',
  AGENT: 'Agent',
  WORKFLOW: 'Workflow',
  FACTORY: 'Factory',
  TEAM: 'Team',
} as const satisfies Record<string, TypeName | null>;

/** What is wrong with a budget's scope, as the check constraint budgets_scope_fits sees it; undefined when nothing is. */
export function scopeFault(scopeType: keyof typeof scopes, scopeId: string | null): string | undefined {
  const type = scopes[scopeType];
  if (type === null) return scopeId === null ? undefined : 'must be left out when scopeType is GLOBAL';
  if (scopeId === null) return `is needed when scopeType is ${scopeType}: the id of the ${type} it is for`;
  return idOf(type).safeParse(scopeId).error?.issues[0]?.message;
}

import type { LockedBudget } from './lock-budgets.ts';

/** What money is spent on; a budget for any of these applies, and so do those for everything. */
export interface Scope {
  readonly gatewayId?: string | null | undefined;
  readonly agentId?: string | null | undefined;
  readonly workflowId?: string | null | undefined;
  readonly factoryId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
}

/** The ids in a scope. Each says by its prefix what it is the id of, so that one list holds them all. */
export function scopeIdsOf({ gatewayId, agentId, workflowId, factoryId, teamId }: Scope): string[] {
  return [gatewayId, agentId, workflowId, factoryId, teamId].filter((id) => id != null);
}

/** The budgets that count what is spent on `scope`, in the order of `budgets`; `besides`: others that do, whatever their scope. */
export type Coverage = (scope: Scope, besides?: readonly string[]) => readonly LockedBudget[];

/**
 * Which of `budgets` apply: those for the scope and, at any depth, those they draw from. One that is disabled is passed over; what
 * it draws from is not.
 */
export function coverageOf(budgets: readonly LockedBudget[]): Coverage {
  const byId = new Map(budgets.map((budget) => [budget.id, budget]));
  const known = new Map<string, readonly LockedBudget[]>();
  return (scope, besides = []) => {
    const scopeIds = scopeIdsOf(scope);
    const key = [...scopeIds, '', ...besides].join(' ');
    const found = known.get(key) ?? withAncestors(byId, budgets.filter((budget) => budget.scopeType === 'GLOBAL' || scopeIds.includes(budget.scopeId ?? '') || besides.includes(budget.id)));
    known.set(key, found);
    return found;
  };
}

function withAncestors(byId: ReadonlyMap<string, LockedBudget>, from: readonly LockedBudget[]): LockedBudget[] {
  const reached = new Set(from);
  // A set that grows is walked to its new end. A parent that is not there was linked when the locks were taken already.
  for (const { parentIds } of reached) {
    for (const parentId of parentIds) {
      const parent = byId.get(parentId);
      if (parent) reached.add(parent);
    }
  }
  return [...byId.values()].filter((budget) => budget.enabled && reached.has(budget));
}

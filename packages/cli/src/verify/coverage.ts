import type { Budget } from './budgets.ts';

/** What a call was counted under, and when it was stored. */
export interface Scope {
  readonly orgId: string;
  readonly agentId: string | null;
  readonly workflowId: string | null;
  readonly gatewayId: string | null;
  readonly factoryId: string | null;
  readonly createdAt: Date;
}

/** A budget, or a link between two, that is made while a call is being booked may be seen by the booking or not. */
const graceMilliseconds = 20_000;

/**
 * Which budgets count a call: those for everything, those for one of the things it was made for, and all that these draw from, at any
 * depth; of them, those that are enabled and were there in time. One for a team counts a call only as an ancestor: a call names no team.
 */
export function coverageOf(budgets: readonly Budget[]): (call: Scope) => readonly Budget[] {
  const byOrg = Map.groupBy(budgets, ({ orgId }) => orgId);
  const inOrg = new Map([...byOrg].map(([orgId, own]) => [orgId, coverageIn(own)]));
  return (call) => inOrg.get(call.orgId)?.(call) ?? [];
}

function coverageIn(budgets: readonly Budget[]): (call: Scope) => readonly Budget[] {
  const byId = new Map(budgets.map((budget) => [budget.id, budget]));
  const starts = budgets.filter(({ scopeType }) => scopeType === 'GLOBAL');
  const byScope = Map.groupBy(budgets.filter(({ scopeType }) => scopeType !== 'GLOBAL'), ({ scopeId }) => scopeId);
  // What applies is the same for calls of the same things as long as no budget and no link is made.
  const changes = budgets.flatMap(({ createdAt, parents }) => [createdAt, ...parents.map(({ since }) => since)]).map((at) => at.getTime() + graceMilliseconds).sort((a, b) => a - b);
  const known = new Map<string, readonly Budget[]>();

  return ({ agentId, workflowId, gatewayId, factoryId, createdAt }) => {
    const ids = [agentId, workflowId, gatewayId, factoryId].filter((id) => id !== null && byScope.has(id));
    const changed = changes.findLastIndex((at) => at <= createdAt.getTime());
    const key = [...ids, changed].join(' ');
    const found = known.get(key) ?? reach([...starts, ...ids.flatMap((id) => byScope.get(id) ?? [])], new Date(changes[changed] ?? 0));
    if (known.size > 10_000) known.clear();
    known.set(key, found);
    return found;
  };

  function reach(from: readonly Budget[], moment: Date): Budget[] {
    const isThere = (since: Date) => since.getTime() + graceMilliseconds <= moment.getTime();
    const reached = new Set(from.filter(({ createdAt }) => isThere(createdAt)));
    // A set that grows is walked to its new end.
    for (const { parents } of reached) {
      for (const { id, since } of parents) {
        const parent = byId.get(id);
        if (parent && isThere(since)) reached.add(parent);
      }
    }
    return [...reached].filter(({ enabled }) => enabled);
  }
}

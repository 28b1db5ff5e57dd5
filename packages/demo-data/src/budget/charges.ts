import { unitsOf } from '../money.ts';
import type { Call } from '../analytics/calls.ts';
import type { Row } from '../rows.ts';
import type { Story } from '../story.ts';

/** A step attempt as budgets see it: reserved for when it starts, settled when it ends. */
export interface Charge {
  readonly stepResultId: string;
  readonly runId: string;
  readonly from: Date;
  /** When it was over; null while it is under way. */
  readonly to: Date | null;
  /** In units of 10^-10 cents. */
  readonly cost: bigint;
  /** What its step sets aside, in the same units. */
  readonly reserve: bigint;
  readonly calls: readonly Call[];
  readonly agentId: string;
  readonly gatewayId: string;
  readonly workflowId: string;
  readonly factoryId: string | null;
}

interface Step extends Row {
  readonly id: string;
  readonly runId: string;
  readonly status: string;
  readonly heldFor: string | null;
  readonly agentId: string | null;
  readonly gatewayId: string;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  readonly createdAt: Date;
  readonly reserveCents: string;
}

interface Run extends Row {
  readonly id: string;
  readonly workflowId: string;
  readonly factoryId: string | null;
}

/** Whether money is set aside for an attempt that has cost nothing yet; before somebody has approved it, none is. */
function isCovered({ status, heldFor }: Step): boolean {
  return ['DISPATCHED', 'RUNNING', 'HELD', 'PENDING'].includes(status) && heldFor !== 'APPROVAL';
}

/** The attempts that have cost something, and those under way, in the order of their start. */
export function chargesOf({ calls, runs, stepResults }: Story): Charge[] {
  const callsOf = Map.groupBy(calls, ({ stepResultId }) => stepResultId);
  const runById = new Map((runs as readonly Run[]).map((run) => [run.id, run]));
  const charges = (stepResults as readonly Step[]).flatMap((step): Charge[] => {
    const own = callsOf.get(step.id) ?? [];
    const run = runById.get(step.runId);
    if (!run || step.agentId === null || (own.length === 0 && !isCovered(step))) return [];
    return [{
      stepResultId: step.id, runId: run.id, from: step.startedAt ?? step.createdAt, to: own.length > 0 ? step.completedAt : null, calls: own,
      cost: own.reduce((sum, { costCents }) => sum + unitsOf(costCents), 0n), reserve: unitsOf(step.reserveCents),
      agentId: step.agentId, gatewayId: step.gatewayId, workflowId: run.workflowId, factoryId: run.factoryId,
    }];
  });
  return charges.toSorted((a, b) => a.from.getTime() - b.from.getTime());
}

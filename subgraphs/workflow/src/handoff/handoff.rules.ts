import { idempotencyKey, idOf, json, text, UserFaults, type UserError } from '@forge/subgraph-kit';
import { z } from 'zod';

export const createHandoffRules = z.object({
  runId: idOf('WorkflowRun'),
  fromStepId: text(1, 100),
  toStepId: text(1, 100),
  fromAgentId: idOf('Agent').nullable().default(null),
  toAgentId: idOf('Agent').nullable().default(null),
  summary: text(0, 2_000).nullable().default(null),
  payload: json(1_000_000),
  idempotencyKey,
});

/** A handoff as it is written, but for its run. */
export type HandoffData = Omit<z.output<typeof createHandoffRules>, 'runId' | 'idempotencyKey'>;

/** Throws INVALID for each end of a handoff that is not one of the run's steps. */
export function refuseUnknownSteps(stepIds: readonly string[], ends: Pick<HandoffData, 'fromStepId' | 'toStepId'>): void {
  const faults = (['fromStepId', 'toStepId'] as const).flatMap((field): UserError[] =>
    (stepIds.includes(ends[field]) ? [] : [{ code: 'INVALID', message: `${field}: the run's definition has no step "${ends[field]}"`, path: ['input', field] }]));
  if (faults.length) throw new UserFaults(...faults);
}

/** How many handoffs a run's guardrails allow; undefined when they say nothing of it. */
export function maxHandoffsOf(guardrails: unknown): number | undefined {
  const limit: unknown = (guardrails as { maxHandoffs?: unknown } | null)?.maxHandoffs;
  return typeof limit === 'number' ? limit : undefined;
}

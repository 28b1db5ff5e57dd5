import { fault, newId } from '@forge/subgraph-kit';
import type { LockedRun, Tx } from '../engine/run.ts';
import { maxHandoffsOf, type HandoffData } from './handoff.rules.ts';

/**
 * Writes handoffs of a locked run, so that they are counted and added by one at a time, and answers their ids, which sort as they
 * were given; throws LIMIT_REACHED when the run's guardrails allow no more. What a rewind has forgotten does not count.
 */
export async function insertHandoffs(tx: Tx, { orgId, id: runId, guardrails }: LockedRun, handoffs: readonly HandoffData[], now: Date): Promise<string[]> {
  if (handoffs.length === 0) return [];
  const limit = maxHandoffsOf(guardrails);
  if (limit !== undefined && (await tx.handoff.count({ where: { orgId, runId, clearedAt: null } })) + handoffs.length > limit) {
    throw fault('LIMIT_REACHED', 'runId', `runId: the run may have ${limit} handoffs, by its guardrails, and has them; finish the step without`);
  }
  const ids = handoffIds(handoffs.length, now);
  await tx.handoff.createMany({ data: handoffs.map((data, i) => ({ ...data, id: ids[i] as string, orgId, runId, createdAt: now })) });
  return ids;
}

/** So many, in order: a step takes what it was handed in the order of their times, then of their ids. */
export function handoffIds(count: number, now: Date): string[] {
  return Array.from({ length: count }, () => newId('Handoff', now)).sort();
}

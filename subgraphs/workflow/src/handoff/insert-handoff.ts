import type { Prisma } from '@forge/prisma-workflow';
import { fault, newId } from '@forge/subgraph-kit';
import { maxHandoffsOf, type HandoffData } from './handoff.rules.ts';

/** A run whose row the transaction has locked, so that its handoffs are counted and added by one at a time. */
export interface LockedRun {
  readonly orgId: string;
  readonly id: string;
  readonly runType: string;
  readonly guardrails: unknown;
}

/** Writes a handoff of a locked run, and answers its id; throws LIMIT_REACHED when the run's guardrails allow no more. */
export async function insertHandoff(tx: Prisma.TransactionClient, { orgId, id: runId, guardrails }: LockedRun, data: HandoffData): Promise<string> {
  const limit = maxHandoffsOf(guardrails);
  if (limit !== undefined && (await tx.handoff.count({ where: { orgId, runId } })) >= limit) {
    throw fault('LIMIT_REACHED', 'runId', `runId: the run may have ${limit} handoffs, by its guardrails, and has them; finish the step without`);
  }
  const { id } = await tx.handoff.create({ data: { ...data, id: newId('Handoff'), orgId, runId }, select: { id: true } });
  return id;
}

import { Prisma } from '@forge/prisma-workflow';
import { newId } from '@forge/subgraph-kit';
import type { Tx } from '../engine/run.ts';
import { handoffIds } from '../handoff/insert-handoffs.ts';
import type { Place } from './place-in-run.ts';

/** Writes what counts at a place of one run into another, which has nothing yet: results and handoffs. What they cost stays with the original. */
export async function copyPlace(tx: Tx, { keptAttempts, keptHandoffs }: Place, { orgId, runId }: { orgId: string; runId: string }, now: Date): Promise<void> {
  const newIds = handoffIds(keptHandoffs.length, now);
  const handed = new Map(keptHandoffs.map(({ id }, i) => [id, newIds[i] as string]));
  const numbers = new Map<string, number>();
  const done = keptAttempts.filter(({ status }) => status === 'COMPLETED' || status === 'SKIPPED');
  await tx.stepResult.createMany({
    data: done.map(({ id: from, stepId, status, output, agentId, gatewayId, modelId, role, command, outputs, handoffId, startedAt, completedAt }) => {
      const attempt = (numbers.get(stepId) ?? 0) + 1;
      numbers.set(stepId, attempt);
      return {
        id: newId('StepResult', now), orgId, runId, stepId, attempt, status, output: output ?? Prisma.DbNull, agentId, gatewayId, modelId, role, command, outputs,
        handoffId: handoffId === null ? null : (handed.get(handoffId) ?? null), startedAt, completedAt, metadata: { branchedFrom: from }, createdAt: now,
      };
    }),
  });
  await tx.handoff.createMany({
    data: keptHandoffs.map(({ id, fromStepId, toStepId, fromAgentId, toAgentId, summary, payload, createdAt }) => ({
      id: handed.get(id) as string, orgId, runId, fromStepId, toStepId, fromAgentId, toAgentId, summary, payload: payload as Prisma.InputJsonValue, createdAt,
    })),
  });
}

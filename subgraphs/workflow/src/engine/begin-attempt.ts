import { publish } from '@forge/events';
import type { Prisma } from '@forge/prisma-workflow';
import { newId } from '@forge/subgraph-kit';
import type { PlannedBegin } from '../definition/plan-types.ts';
import type { LockedRun, Tx } from './run.ts';

/**
 * Makes an attempt of a step: HELD until a person approves it where the step asks for that, else until budgets cover it.
 * From then on it is PENDING, for its gateway to claim.
 */
export async function beginAttempt(tx: Tx, run: LockedRun, begin: PlannedBegin, now: Date): Promise<void> {
  const { orgId, id: runId, gatewayId, roleBindings } = run;
  const { stepId, attempt, role, command, inputs, outputs, timeoutSeconds, reserveCents, heldFor, handoffId } = begin;
  const id = newId('StepResult', now);
  const agentId = roleBindings[role] ?? null;
  await tx.stepResult.create({
    data: {
      id, orgId, runId, stepId, attempt, status: 'HELD', heldFor, agentId, gatewayId, role, command, inputs: inputs as Prisma.InputJsonValue, outputs: [...outputs], timeoutSeconds,
      reserveCents, handoffId, createdAt: now,
    },
  });
  if (heldFor === 'BUDGET') return requestReservation(tx, run, { id, agentId, reserveCents });
  await tx.approval.create({
    data: { id: newId('Approval', now), orgId, runId, stepId, stepResultId: id, source: 'WORKFLOW', requestedAt: now, createdAt: now, summary: `May ${role} do this: ${command}`.slice(0, 2_000) },
  });
}

/** Asks the budgets to cover an attempt; it waits until they answer, however long that takes. */
export function requestReservation(
  tx: Tx, { orgId, id: runId, workflowId, factoryId, gatewayId }: LockedRun, { id: stepResultId, agentId, reserveCents }: { id: string; agentId: string | null; reserveCents: string },
): Promise<void> {
  return publish(tx, orgId, { type: 'workflow.reservation.requested', subject: runId, data: { stepResultId, runId, amountCents: reserveCents, workflowId, factoryId, gatewayId, agentId } });
}

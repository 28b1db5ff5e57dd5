import { publish } from '@forge/events';
import type { LockedRun, Tx } from './run.ts';

interface Reserved {
  readonly id: string;
  readonly agentId: string | null;
  /** US cents, exact. */
  readonly reserveCents: string | null;
}

/** Asks the budgets to cover an attempt; it waits until they answer, however long that takes. */
export function requestReservation(tx: Tx, { orgId, id: runId, workflowId, factoryId, gatewayId }: LockedRun, { id: stepResultId, agentId, reserveCents }: Reserved): Promise<void> {
  return publish(tx, orgId, {
    type: 'workflow.reservation.requested', subject: runId, data: { stepResultId, runId, amountCents: reserveCents ?? '0', workflowId, factoryId, gatewayId, agentId },
  });
}

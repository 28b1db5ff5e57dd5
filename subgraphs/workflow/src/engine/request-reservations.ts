import { publishAll } from '@forge/events';
import type { LockedRun, Tx } from './run.ts';

interface Reserved {
  readonly id: string;
  readonly agentId: string | null;
  /** US cents, exact. */
  readonly reserveCents: string | null;
}

/** Asks the budgets to cover attempts; they wait until they answer, however long that takes. */
export function requestReservations(tx: Tx, { orgId, id: runId, workflowId, factoryId, gatewayId }: LockedRun, attempts: readonly Reserved[]): Promise<void> {
  return publishAll(tx, orgId, attempts.map(({ id: stepResultId, agentId, reserveCents }) => ({
    type: 'workflow.reservation.requested', subject: runId, data: { stepResultId, runId, amountCents: reserveCents ?? '0', workflowId, factoryId, gatewayId, agentId },
  })));
}

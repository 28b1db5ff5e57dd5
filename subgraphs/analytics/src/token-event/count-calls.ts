import { publish } from '@forge/events';
import type { Prisma } from '@forge/prisma-analytics';
import { rollUp } from '../cost-aggregate/roll-up.ts';
import type { StoredCall } from './insert-priced.ts';

/** The attempt that came to its end with the calls. */
interface EndedAttempt {
  readonly stepResultId: string;
  readonly runId: string;
}

const callsPerEvent = 1_000;

/**
 * What follows from calls that this transaction has stored: they are added to the aggregates, and the other domains are told, of the end
 * of an attempt also when there are none. The last thing before the commit.
 */
export async function countCalls(tx: Prisma.TransactionClient, orgId: string, calls: readonly StoredCall[], ended?: EndedAttempt): Promise<void> {
  await rollUp(tx, orgId, calls);
  for (let from = 0; from < calls.length || (from === 0 && ended); from += callsPerEvent) {
    const part = calls.slice(from, from + callsPerEvent);
    const isLast = from + callsPerEvent >= calls.length;
    await publish(tx, orgId, {
      type: 'analytics.costs.recorded',
      subject: ended?.runId ?? subjectOf(part),
      data: { calls: part.map(told), endedStepResultId: (isLast && ended?.stepResultId) || null },
    });
  }
}

/** The run, when all are of one; the order of events is kept by subject. */
function subjectOf(calls: readonly StoredCall[]): string {
  const [first] = calls;
  return first?.runId && calls.every(({ runId }) => runId === first.runId) ? first.runId : (first?.id ?? '');
}

function told({ id: tokenEventId, runId, stepResultId, agentId, workerId, workflowId, factoryId, gatewayId, inputTokens, outputTokens, costCents, occurredAt }: StoredCall) {
  const scope = { runId, stepResultId, agentId, workerId, workflowId, factoryId, gatewayId };
  return { tokenEventId, ...scope, inputTokens, outputTokens, costCents, occurredAt: occurredAt.toISOString() };
}

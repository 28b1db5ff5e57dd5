import { eventTypes, relayTask, type EventData } from '@forge/events';
import type { Prisma } from '@forge/prisma-agents';
import { randomUUID } from 'node:crypto';
import type { AgentStatus } from './agent.rules.ts';

interface ChangedAgent {
  readonly id: string;
  readonly gatewayId: string;
  readonly status: AgentStatus;
  readonly maxConcurrency: number;
  /** The version that the change has made; it rises with each, and so tells the events of an agent apart. */
  readonly updatedAt: Date;
}

const type = 'agents.agent.changed';

/** Tells other domains how agents are now, as `publish` does for one: all of them in one statement, with one job a subscriber. */
export async function publishAgents(tx: Prisma.TransactionClient, orgId: string, agents: readonly ChangedAgent[]): Promise<void> {
  if (agents.length === 0) return;
  const events = agents.map(({ id, gatewayId, status, maxConcurrency, updatedAt }) => {
    const payload: EventData<typeof type> = { agentId: id, gatewayId, status, maxConcurrency };
    return { id: randomUUID(), subject: id, payload, occurredAt: updatedAt };
  });
  await tx.$queryRaw`
    WITH written AS (
      INSERT INTO "eventOutbox" ("id", "orgId", "subscriber", "type", "subject", "payload", "occurredAt")
      SELECT "id", ${orgId}, subscriber, ${type}, "subject", "payload", "occurredAt"
      FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb) AS event("id" text, "subject" text, "payload" jsonb, "occurredAt" timestamptz)
      CROSS JOIN unnest(${[...eventTypes[type].subscribers]}::text[]) AS subscriber
      RETURNING "subscriber"
    )
    SELECT (graphile_worker.add_job(${relayTask}, json_build_object('subscriber', "subscriber"))).id
    FROM (SELECT DISTINCT "subscriber" FROM written) AS heard`;
}

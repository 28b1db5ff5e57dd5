import type { EventData } from '@forge/events';
import type { Prisma } from '@forge/prisma-workflow';

interface AgentChanged {
  readonly orgId: string;
  readonly time: Date;
  readonly data: EventData<'agents.agent.changed'>;
}

/** Keeps what is known of an agent up to date: the newest event counts, in whatever order they come. */
export async function agentChanged(tx: Prisma.TransactionClient, { orgId, time, data }: AgentChanged): Promise<void> {
  const { agentId, gatewayId, status, maxConcurrency } = data;
  await tx.$executeRaw`
    INSERT INTO "knownAgents" AS known ("orgId", "agentId", "gatewayId", "status", "maxConcurrency", "changedAt")
    VALUES (${orgId}, ${agentId}, ${gatewayId}, ${status}, ${maxConcurrency}, ${time})
    ON CONFLICT ("orgId", "agentId") DO UPDATE
      SET "gatewayId" = EXCLUDED."gatewayId", "status" = EXCLUDED."status", "maxConcurrency" = EXCLUDED."maxConcurrency", "changedAt" = EXCLUDED."changedAt"
      WHERE known."changedAt" <= EXCLUDED."changedAt"`;
}

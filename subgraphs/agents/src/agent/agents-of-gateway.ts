import type { Prisma } from '@forge/prisma-agents';
import type { AgentState } from './agent.rules.ts';

/** An agent as a sync writes it. */
export interface WrittenAgent extends AgentState {
  readonly id: string;
  readonly agentId: string;
  readonly lastSeenAt: Date | null;
}

export type KnownAgent = WrittenAgent;

/**
 * Keeps everybody else from syncing the gateway until the transaction ends, and answers its agents, also locked: those
 * that are not TERMINATED, and those that `agentIds` names.
 */
export async function lockAgentsOfGateway(tx: Prisma.TransactionClient, orgId: string, gatewayId: string, agentIds: readonly string[]): Promise<KnownAgent[]> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`agents ${orgId} ${gatewayId}`}, 0))::text`;
  return tx.$queryRaw<KnownAgent[]>`
    SELECT "id", "agentId", "name", "definitionId", "workerId", "status"::text, "maxConcurrency", "metadata", "pausedByHand", "lastSeenAt"
    FROM "agentRegistry"
    WHERE "orgId" = ${orgId} AND "gatewayId" = ${gatewayId} AND ("status" <> 'TERMINATED' OR "agentId" = ANY(${[...agentIds]}))
    ORDER BY "agentId" FOR NO KEY UPDATE`;
}

/** Writes new agents and changed ones, and answers them with the version that each has now. */
export async function writeAgents<A extends WrittenAgent>(tx: Prisma.TransactionClient, orgId: string, gatewayId: string, agents: readonly A[]): Promise<(A & { updatedAt: Date })[]> {
  if (agents.length === 0) return [];
  const written = await tx.$queryRaw<{ id: string; updatedAt: Date }[]>`
    INSERT INTO "agentRegistry" ("id", "orgId", "gatewayId", "agentId", "name", "definitionId", "workerId", "status", "maxConcurrency", "metadata", "pausedByHand", "lastSeenAt", "updatedAt")
    SELECT "id", ${orgId}, ${gatewayId}, "agentId", "name", "definitionId", "workerId", "status"::"AgentStatus", "maxConcurrency", "metadata", "pausedByHand", "lastSeenAt",
      date_trunc('milliseconds', clock_timestamp())
    FROM jsonb_to_recordset(${JSON.stringify(agents)}::jsonb) AS agent(
      "id" text, "agentId" text, "name" text, "definitionId" text, "workerId" text, "status" text, "maxConcurrency" int, "metadata" jsonb, "pausedByHand" boolean, "lastSeenAt" timestamptz)
    ON CONFLICT ("orgId", "id") DO UPDATE SET
      "name" = EXCLUDED."name", "definitionId" = EXCLUDED."definitionId", "workerId" = EXCLUDED."workerId", "status" = EXCLUDED."status",
      "maxConcurrency" = EXCLUDED."maxConcurrency", "metadata" = EXCLUDED."metadata", "pausedByHand" = EXCLUDED."pausedByHand", "lastSeenAt" = EXCLUDED."lastSeenAt"
    RETURNING "id", "updatedAt"`;
  const versions = new Map(written.map(({ id, updatedAt }) => [id, updatedAt]));
  return agents.map((agent) => ({ ...agent, updatedAt: versions.get(agent.id) as Date }));
}

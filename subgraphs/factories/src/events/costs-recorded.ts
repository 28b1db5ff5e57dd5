import type { DomainEvent } from '@forge/events';
import type { Prisma } from '@forge/prisma-factories';
import { newId } from '@forge/subgraph-kit';

/** More tokens than any call takes: what the column holds. */
const mostTokens = 2 ** 31 - 1;

/**
 * Counts LLM calls for the factories that they were made for, and for the newest work there that their run serves. A call
 * counts once however often it is told of; one for a factory that is not there is passed over.
 */
export async function costsRecorded(tx: Prisma.TransactionClient, { orgId, data }: Pick<DomainEvent<'analytics.costs.recorded'>, 'orgId' | 'data'>): Promise<void> {
  const calls = data.calls.filter(({ factoryId }) => factoryId !== null).map(({ tokenEventId, factoryId, runId, workerId, inputTokens, outputTokens, costCents, occurredAt }) => (
    { id: newId('FactoryTokenEvent'), tokenEventId, factoryId, runId, workerId, totalTokens: Math.min(inputTokens + outputTokens, mostTokens), costCents, occurredAt }));
  if (calls.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "factoryTokenEvents" ("id", "orgId", "factoryId", "tokenEventId", "assignmentId", "runId", "workerId", "totalTokens", "costCents", "occurredAt")
    SELECT call."id", factory."orgId", factory."id", "tokenEventId", assignment."id", call."runId", "workerId", "totalTokens", "costCents", "occurredAt"
    FROM jsonb_to_recordset(${JSON.stringify(calls)}::jsonb) AS call(
      "id" text, "factoryId" text, "tokenEventId" text, "runId" text, "workerId" text, "totalTokens" int, "costCents" numeric, "occurredAt" timestamptz)
    JOIN "factories" AS factory ON factory."orgId" = ${orgId} AND factory."id" = call."factoryId"
    LEFT JOIN LATERAL (
      SELECT "id" FROM "factoryAssignments"
      WHERE "orgId" = factory."orgId" AND "factoryId" = factory."id" AND "runId" = call."runId" ORDER BY "createdAt" DESC, "id" DESC LIMIT 1
    ) AS assignment ON true
    -- In one order, so that two events with the same calls never wait in a circle.
    ORDER BY "tokenEventId"
    ON CONFLICT ("orgId", "tokenEventId") DO NOTHING`;
}

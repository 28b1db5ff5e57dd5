import type { Prisma } from '@forge/prisma-analytics';
import { newId } from '@forge/subgraph-kit';
import type { TokenEventData } from './token-event.rules.ts';

/** What became of one event, in the order of the batch. */
export interface Inserted {
  readonly id: string;
  readonly priced: boolean;
  readonly created: boolean;
  readonly costCents: string | null;
}

/** A call that has been stored, with its cost. */
export interface StoredCall extends TokenEventData {
  readonly id: string;
  readonly costCents: string;
}

/** Those of the events that were not there before. */
export function newCalls(events: readonly TokenEventData[], inserted: readonly Inserted[]): StoredCall[] {
  return events.flatMap((event, i): StoredCall[] => {
    const { id = '', costCents = null, created = false } = inserted[i] ?? {};
    return created && costCents !== null ? [{ ...event, id, costCents }] : [];
  });
}

/**
 * Prices every event by the rate in force when it occurred, a gateway's own before the catalogue's, and stores those
 * that are not there yet; none of them when one has no price. One statement: a price that changes meanwhile counts for
 * all of the batch or for none. Multiplied, not divided, so that no digit is lost: dollars per 1,000,000 tokens are
 * cents per 10,000.
 */
export async function insertPriced(tx: Prisma.TransactionClient, orgId: string, events: readonly TokenEventData[]): Promise<Inserted[]> {
  const rows = JSON.stringify(events.map((event, position) => ({ position, id: newId('TokenEvent', event.occurredAt), ...event })));
  return tx.$queryRaw<Inserted[]>`
    WITH input AS (
      SELECT * FROM json_to_recordset(${rows}::json) AS event(
        position int, "id" text, "runId" text, "stepId" text, "stepResultId" text, "agentId" text, "workerId" text, "workflowId" text,
        "factoryId" text, "gatewayId" text, "modelId" text, "inputTokens" int, "outputTokens" int, "cachedInputTokens" int,
        "thinkingTokens" int, "succeeded" boolean, "occurredAt" timestamptz, "idempotencyKey" text)
    ), priced AS (
      SELECT input.*, price."id" AS "priceId",
        (("inputTokens" - "cachedInputTokens") * "inputPrice" + "cachedInputTokens" * coalesce("cachedInputPrice", "inputPrice")
          + "outputTokens" * "outputPrice") * 0.0001 AS "costCents"
      FROM input LEFT JOIN LATERAL (
        SELECT * FROM "priceHistory"
        WHERE "orgId" = ${orgId} AND "modelId" = input."modelId" AND ("gatewayId" = input."gatewayId" OR "gatewayId" IS NULL)
          AND "effectiveFrom" <= "occurredAt" AND ("effectiveTo" > "occurredAt" OR "effectiveTo" IS NULL)
        ORDER BY "gatewayId" NULLS LAST LIMIT 1
      ) AS price ON true
    ), inserted AS (
      INSERT INTO "tokenEvents" ("id", "orgId", "runId", "stepId", "stepResultId", "agentId", "workerId", "workflowId", "factoryId", "gatewayId",
        "modelId", "priceId", "inputTokens", "outputTokens", "cachedInputTokens", "thinkingTokens", "costCents", "succeeded", "occurredAt", "idempotencyKey")
      SELECT "id", ${orgId}, "runId", "stepId", "stepResultId", "agentId", "workerId", "workflowId", "factoryId", "gatewayId",
        "modelId", "priceId", "inputTokens", "outputTokens", "cachedInputTokens", "thinkingTokens", "costCents", "succeeded", "occurredAt", "idempotencyKey"
      FROM priced WHERE NOT EXISTS (SELECT FROM priced WHERE "priceId" IS NULL)
      -- In one order, so that two batches with the same keys never wait in a circle.
      ORDER BY "occurredAt", "idempotencyKey"
      ON CONFLICT ("orgId", "idempotencyKey", "occurredAt") DO NOTHING RETURNING "id"
    )
    SELECT priced."id", "priceId" IS NOT NULL AS priced, inserted."id" IS NOT NULL AS created, "costCents"::text
    FROM priced LEFT JOIN inserted ON inserted."id" = priced."id" ORDER BY position`;
}

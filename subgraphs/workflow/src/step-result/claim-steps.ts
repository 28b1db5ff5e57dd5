import { addJob } from '@forge/jobs';
import { answer, checkInput, idOf, onceOnly, reloadAll, text } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { refuseGatewayOfOthers } from '../engine/own-gateway.ts';
import type { Tx } from '../engine/run.ts';
import type { ClaimStepsInput } from '../generated/graphql.ts';
import { expireLeasesTask } from '../jobs/expire-leases.ts';
import { stepResult } from './step-result.entity.ts';

export const leaseSeconds = z.int().min(5, 'must be from 5 to 3600').max(3_600, 'must be from 5 to 3600');

const rules = z.object({ gatewayId: idOf('Gateway'), max: z.int().min(1, 'must be from 1 to 100').max(100, 'must be from 1 to 100'), leaseSeconds, callbackKey: text(1, 200) });

/** A claim whose answer was lost is made again with its key, and answers the same attempts, as they are by then. */
export function claimSteps(input: ClaimStepsInput, context: WorkflowContext) {
  return answer(async () => {
    const { gatewayId, max, leaseSeconds: seconds, callbackKey: key } = checkInput(rules, input);
    refuseGatewayOfOthers(context, gatewayId);
    const { orgId } = context.principal;
    const ids = await context.prisma.$transaction(async (tx) => {
      const claimed = await onceOnly(tx, { orgId, operation: 'claimSteps', key, input }, () => claim(tx, { orgId, gatewayId, max, seconds, now: context.now() }));
      return claimed.split(' ').filter(Boolean);
    });
    // Ids sort by the time they were made.
    return { stepResults: await reloadAll(context, stepResult, ids.toSorted()) };
  });
}

interface Claim {
  readonly orgId: string;
  readonly gatewayId: string;
  readonly max: number;
  readonly seconds: number;
  readonly now: Date;
}

/**
 * Takes what is ready, oldest first, and answers its ids, by spaces. Claims of one gateway come one after the other, so that
 * what an agent has in hand is counted right; agents belong to one gateway, so claims of others do not matter. Each part is
 * worked out once and looks up rows by their keys, so that it stays quick where PostgreSQL has no statistics yet.
 */
async function claim(tx: Tx, { orgId, gatewayId, max, seconds, now }: Claim): Promise<string> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`claim ${orgId} ${gatewayId}`}, 0))::text`;
  const claimed = await tx.$queryRaw<{ id: string; leaseExpiresAt: Date }[]>`
    WITH ready AS MATERIALIZED (
      SELECT "id", "createdAt", "agentId", row_number() OVER (PARTITION BY "agentId" ORDER BY "createdAt", "id") AS place FROM "stepResults" AS step
      WHERE "orgId" = ${orgId} AND "gatewayId" = ${gatewayId} AND "status" = 'PENDING'
        AND (SELECT run."status" FROM "workflowRuns" AS run WHERE run."orgId" = ${orgId} AND run."id" = step."runId") = 'RUNNING'
    ), agents AS MATERIALIZED (
      SELECT ready."agentId", coalesce(known."maxConcurrency", ${defaultConcurrency}) - (
          SELECT count(*) FROM "stepResults" AS busy WHERE busy."orgId" = ${orgId} AND busy."gatewayId" = ${gatewayId} AND busy."agentId" = ready."agentId"
            AND busy."status" IN ('DISPATCHED', 'RUNNING', 'HELD') AND (busy."status" <> 'HELD' OR busy."heldFor" = 'HUMAN_INPUT')) AS room
      FROM (SELECT DISTINCT "agentId" FROM ready) AS ready LEFT JOIN "knownAgents" AS known ON known."orgId" = ${orgId} AND known."agentId" = ready."agentId"
      WHERE coalesce(known."status", 'ACTIVE') = 'ACTIVE'
    ), chosen AS MATERIALIZED (
      SELECT "id" FROM ready JOIN agents ON agents."agentId" IS NOT DISTINCT FROM ready."agentId" WHERE place <= room ORDER BY "createdAt", "id" LIMIT ${max}
    ), taken AS (
      SELECT "id" FROM "stepResults" WHERE "orgId" = ${orgId} AND "id" = ANY (ARRAY(SELECT "id" FROM chosen)) AND "status" = 'PENDING' FOR NO KEY UPDATE SKIP LOCKED
    )
    UPDATE "stepResults" AS step SET "status" = 'DISPATCHED', "claimedAt" = ${now},
      "leaseExpiresAt" = ${now}::timestamptz + least(${seconds}, coalesce("timeoutSeconds", ${seconds})) * interval '1 second'
    FROM taken WHERE step."orgId" = ${orgId} AND step."id" = taken."id" RETURNING step."id", step."leaseExpiresAt"`;
  const [first] = claimed.map(({ leaseExpiresAt }) => leaseExpiresAt).sort((a, b) => a.getTime() - b.getTime());
  if (first) await addJob(tx, expireLeasesTask, {}, first);
  return claimed.map(({ id }) => id).join(' ');
}

/** Of an agent that this domain has not heard of. */
export const defaultConcurrency = 1;

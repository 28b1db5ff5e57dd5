import type { Prisma } from '@forge/prisma-workflow';
import { answer, checkInput, newId, UserFaults, type UserError } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import { refuseRunOfOthers } from '../engine/own-gateway.ts';
import type { RecordExecutionEventsInput } from '../generated/graphql.ts';
import { recordExecutionEventsRules, type ExecutionEventData } from './execution-event.rules.ts';

export async function recordExecutionEvents(input: RecordExecutionEventsInput, context: WorkflowContext) {
  const { createdCount, userErrors } = await answer(async () => {
    const { runId, events } = checkInput(recordExecutionEventsRules(context.now()), input);
    await refuseRunOfOthers(context, runId);
    const { orgId } = context.principal;
    const rows = JSON.stringify(events.map((event) => ({ ...event, id: newId('ExecutionEvent'), sequence: String(event.sequence) })));
    context.loaders.clear();
    return {
      createdCount: await context.prisma.$transaction(async (tx) => {
        const created = await insertNew(tx, orgId, runId, rows);
        if (created < events.length) await refuseChanged(tx, orgId, runId, events, rows);
        return created;
      }),
    };
  });
  return { createdCount: createdCount ?? 0, userErrors };
}

/** Stores the events whose sequence is not there yet. In one order, so that two batches never wait for each other in a circle. */
function insertNew(tx: Prisma.TransactionClient, orgId: string, runId: string, rows: string): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO "executionEvents" ("id", "orgId", "runId", "stepId", "sequence", "type", "payload", "occurredAt")
    SELECT "id", ${orgId}, ${runId}, "stepId", "sequence", "type", "payload", "occurredAt"
    FROM json_to_recordset(${rows}::json) AS event("id" text, "stepId" text, "sequence" bigint, "type" text, "payload" jsonb, "occurredAt" timestamptz)
    ORDER BY "sequence" ON CONFLICT ("orgId", "runId", "sequence") DO NOTHING`;
}

/** Throws CONFLICT for every event whose sequence was recorded for another one. A statement of its own: it sees what others have committed meanwhile. */
async function refuseChanged(tx: Prisma.TransactionClient, orgId: string, runId: string, events: readonly ExecutionEventData[], rows: string): Promise<void> {
  const changed = await tx.$queryRaw<{ sequence: bigint }[]>`
    SELECT event."sequence"
    FROM json_to_recordset(${rows}::json) AS event("stepId" text, "sequence" bigint, "type" text, "payload" jsonb, "occurredAt" timestamptz)
    JOIN "executionEvents" AS stored ON stored."orgId" = ${orgId} AND stored."runId" = ${runId} AND stored."sequence" = event."sequence"
    WHERE (event."stepId", event."type", event."payload", event."occurredAt") IS DISTINCT FROM (stored."stepId", stored."type", stored."payload", stored."occurredAt")`;
  if (changed.length === 0) return;
  const sequences = new Set(changed.map(({ sequence }) => sequence));
  throw new UserFaults(...events.flatMap(({ sequence }, i): UserError[] => {
    if (!sequences.has(sequence)) return [];
    const message = `sequence: ${sequence} was recorded before for another event of this run; count on from the last one`;
    return [{ code: 'CONFLICT', message, path: ['input', 'events', String(i), 'sequence'] }];
  }));
}

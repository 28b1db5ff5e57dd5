import type { Prisma } from '@forge/prisma-workflow';
import { answer, checkInput, fault, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import { parseDefinition } from '../definition/parse-definition.ts';
import type { CreateHandoffInput } from '../generated/graphql.ts';
import { withFaultsAt } from '../workflow-version/with-faults-at.ts';
import { handoff } from './handoff.entity.ts';
import { createHandoffRules, refuseUnknownSteps } from './handoff.rules.ts';
import { insertHandoff, type LockedRun } from './insert-handoff.ts';

export function createHandoff(input: CreateHandoffInput, context: WorkflowContext) {
  return answer(async () => {
    const { idempotencyKey: key, runId, ...data } = checkInput(createHandoffRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createHandoff', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => {
        const run = await lockRun(tx, orgId, runId);
        if (!run) throw fault('NOT_FOUND', 'runId', 'runId: leads to nothing');
        if (run.completedAt) throw fault('INVALID_TRANSITION', 'runId', `runId: the run is ${run.status} since ${run.completedAt.toISOString()} and takes no more handoffs`);
        refuseUnknownSteps(withFaultsAt('runId', () => parseDefinition(run.definition)).steps.map((step) => step.id), data);
        return insertHandoff(tx, run, data);
      }),
    );
    return { handoff: await reload(context, handoff, id) };
  });
}

interface FoundRun extends LockedRun {
  readonly status: string;
  readonly definition: string;
  readonly completedAt: Date | null;
}

async function lockRun(tx: Prisma.TransactionClient, orgId: string, id: string): Promise<FoundRun | undefined> {
  const [run] = await tx.$queryRaw<FoundRun[]>`
    SELECT "orgId", "id", "status"::text, "runType"::text, "guardrails", "definition", "completedAt"
    FROM "workflowRuns" WHERE "orgId" = ${orgId} AND "id" = ${id} FOR NO KEY UPDATE`;
  return run;
}

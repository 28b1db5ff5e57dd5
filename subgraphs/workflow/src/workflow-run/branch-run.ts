import { answer, checkInput, fault, idempotencyKey, idOf, jsonObject, newId, onceOnly, reload } from '@forge/subgraph-kit';
import { Prisma } from '@forge/prisma-workflow';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { advanceRun } from '../engine/advance-run.ts';
import type { Tx } from '../engine/run.ts';
import type { BranchRunInput } from '../generated/graphql.ts';
import { workerOf } from './worker-of.ts';
import { workflowRun } from './workflow-run.entity.ts';

const rules = z.object({ checkpointId: idOf('WorkflowCheckpoint'), args: jsonObject(), startedById: idOf('Worker').nullable().default(null), idempotencyKey });

export function branchRun(input: BranchRunInput, context: WorkflowContext) {
  return answer(async () => {
    const { checkpointId, args, startedById, idempotencyKey: key } = checkInput(rules, input);
    const { orgId } = context.principal;
    const now = context.now();
    const id = await context.prisma.$transaction((tx) => onceOnly(tx, { orgId, operation: 'branchRun', key, input }, async () => {
      const checkpoint = await tx.workflowCheckpoint.findUnique({ where: { orgId_id: { orgId, id: checkpointId } }, include: { run: true } });
      if (!checkpoint) throw fault('NOT_FOUND', 'checkpointId', 'checkpointId: leads to no WorkflowCheckpoint');
      const { run: original } = checkpoint;
      const runId = newId('WorkflowRun', now);
      await tx.workflowRun.create({
        data: {
          id: runId, orgId, workflowId: original.workflowId, workflowVersionId: original.workflowVersionId, definition: original.definition, runType: original.runType, goal: original.goal,
          status: 'PENDING', args: { ...(original.args as Prisma.InputJsonObject), ...(args as Prisma.InputJsonObject) }, guardrails: original.guardrails ?? Prisma.DbNull,
          gatewayId: original.gatewayId, deploymentId: original.deploymentId, factoryId: original.factoryId, startedById: startedById ?? workerOf(context),
          branchedFromCheckpointId: checkpointId, traceId: runId.slice(4), createdAt: now,
        },
      });
      await copyResults(tx, original, { runId, stepIds: [...checkpoint.completedStepIds, ...checkpoint.skippedStepIds], now });
      await advanceRun(tx, orgId, runId, now);
      return runId;
    }));
    return { run: await reload(context, workflowRun, id) };
  });
}

/** What the original has done up to the checkpoint counts as done; its cost stays with the original. */
async function copyResults(tx: Tx, { orgId, id }: { orgId: string; id: string }, { runId, stepIds, now }: { runId: string; stepIds: string[]; now: Date }): Promise<void> {
  const done = await tx.stepResult.findMany({
    where: { orgId, runId: id, stepId: { in: stepIds }, status: { in: ['COMPLETED', 'SKIPPED'] } }, orderBy: [{ attempt: 'asc' }],
  });
  // Of a step that was rewound and done again the last time counts.
  const last = new Map(done.map((result) => [result.stepId, result]));
  await tx.stepResult.createMany({
    data: [...last.values()].map(({ id: from, stepId, status, output, agentId, gatewayId, modelId, role, command, outputs, startedAt, completedAt }) => ({
      id: newId('StepResult', now), orgId, runId, stepId, attempt: 1, status, output: output ?? Prisma.DbNull, agentId, gatewayId, modelId, role, command, outputs, startedAt, completedAt,
      metadata: { branchedFrom: from }, createdAt: now,
    })),
  });
}

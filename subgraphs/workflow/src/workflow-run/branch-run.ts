import { Prisma } from '@forge/prisma-workflow';
import { answer, checkInput, fault, idempotencyKey, idOf, jsonObject, newId, onceOnly, reload } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { advanceRun } from '../engine/advance-run.ts';
import { lockRun, type LockedRun } from '../engine/run.ts';
import type { BranchRunInput } from '../generated/graphql.ts';
import { copyPlace } from './copy-place.ts';
import { placeInRun } from './place-in-run.ts';
import { workerOf } from './worker-of.ts';
import { workflowRun } from './workflow-run.entity.ts';

const rules = z.object({ checkpointId: idOf('WorkflowCheckpoint'), args: jsonObject().default({}), startedById: idOf('Worker').nullable().default(null), idempotencyKey });

/** What the original has done up to the checkpoint counts as done in the branch. */
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
      await copyPlace(tx, await placeInRun(tx, original, checkpoint), { orgId, runId }, now);
      await advanceRun(tx, (await lockRun(tx, orgId, runId)) as LockedRun, now);
      return runId;
    }));
    return { run: await reload(context, workflowRun, id) };
  });
}

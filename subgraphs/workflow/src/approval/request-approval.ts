import { answer, checkInput, fault, idempotencyKey, idOf, newId, onceOnly, reload, text } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { parseDefinition } from '../definition/parse-definition.ts';
import { advanceRun } from '../engine/advance-run.ts';
import { attemptsOf } from '../engine/attempts.ts';
import { refuseRunOfOthers } from '../engine/own-gateway.ts';
import { lockRun } from '../engine/run.ts';
import type { RequestApprovalInput } from '../generated/graphql.ts';
import { isOver } from '../step-result/step-result.rules.ts';
import { hasEnded } from '../workflow-run/workflow-run.rules.ts';
import { approval } from './approval.entity.ts';

const rules = z.object({
  runId: idOf('WorkflowRun'), stepId: text(1, 100), summary: text(1, 2_000), source: z.enum(['WORKFLOW', 'POLICY', 'ESCALATION']), severity: z.enum(['NORMAL', 'ELEVATED', 'CRITICAL']),
  policyId: idOf('Policy').nullable().default(null), channelId: idOf('Channel').nullable().default(null), idempotencyKey,
});

const taken = fault('CONFLICT', 'stepId', 'stepId: a decision over this step is asked for already, from this source; wait for that one');

export function requestApproval(input: RequestApprovalInput, context: WorkflowContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...asked } = checkInput(rules, input);
    await refuseRunOfOthers(context, asked.runId);
    const { orgId } = context.principal;
    const now = context.now();
    const id = await context.prisma.$transaction((tx) => onceOnly(tx, { orgId, operation: 'requestApproval', key, input }, async () => {
      const run = await lockRun(tx, orgId, asked.runId);
      if (!run) throw fault('NOT_FOUND', 'runId', 'runId: leads to no WorkflowRun');
      if (hasEnded(run.status)) throw fault('INVALID_TRANSITION', 'runId', `runId: the run is ${run.status}; nothing of it needs a decision`);
      if (!parseDefinition(run.definition).steps.some((step) => step.id === asked.stepId)) throw fault('INVALID', 'stepId', `stepId: the run's definition has no step "${asked.stepId}"`);
      const open = (await attemptsOf(tx, run)).find(({ stepId, status }) => stepId === asked.stepId && !isOver(status));
      const made = await tx.approval.create({ data: { ...asked, id: newId('Approval', now), orgId, stepResultId: open?.id ?? null, requestedAt: now, createdAt: now } });
      await advanceRun(tx, run, now);
      return made.id;
    }));
    return { approval: await reload(context, approval, id) };
  }, { approvals_one_open_of_a_source: taken });
}

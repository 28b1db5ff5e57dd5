import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import { refuseGatewayOfOthers, refuseRunOfOthers } from '../engine/own-gateway.ts';
import type { CreateStepThreadInput } from '../generated/graphql.ts';
import { stepThread } from './step-thread.entity.ts';
import { createStepThreadRules } from './step-thread.rules.ts';

export function createStepThread(input: CreateStepThreadInput, context: WorkflowContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createStepThreadRules, input);
    await refuseRunOfOthers(context, data.runId);
    if (data.gatewayId !== null) refuseGatewayOfOthers(context, data.gatewayId);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createStepThread', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.stepThread.create({ data: { ...data, id: newId('StepThread'), orgId } })).id),
    );
    return { stepThread: await reload(context, stepThread, id) };
  });
}

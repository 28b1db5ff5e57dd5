import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import type { CreateWorkflowInput } from '../generated/graphql.ts';
import { workflow } from './workflow.entity.ts';
import { createWorkflowRules } from './workflow.rules.ts';

export function createWorkflow(input: CreateWorkflowInput, context: WorkflowContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createWorkflowRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createWorkflow', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.workflow.create({ data: { ...data, id: newId('Workflow'), orgId } })).id),
    );
    return { workflow: await reload(context, workflow, id) };
  });
}

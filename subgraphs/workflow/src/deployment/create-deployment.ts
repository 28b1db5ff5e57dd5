import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import type { CreateDeploymentInput } from '../generated/graphql.ts';
import { deployment } from './deployment.entity.ts';
import { createDeploymentRules } from './deployment.rules.ts';

export function createDeployment(input: CreateDeploymentInput, context: WorkflowContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createDeploymentRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createDeployment', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.deployment.create({ data: { ...data, id: newId('Deployment'), orgId } })).id),
    );
    return { deployment: await reload(context, deployment, id) };
  });
}

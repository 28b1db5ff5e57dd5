import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import { refuseRunOfOthers } from '../engine/own-gateway.ts';
import type { CreateRunArtifactInput } from '../generated/graphql.ts';
import { runArtifact } from './run-artifact.entity.ts';
import { createRunArtifactRules } from './run-artifact.rules.ts';

export function createRunArtifact(input: CreateRunArtifactInput, context: WorkflowContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createRunArtifactRules, input);
    await refuseRunOfOthers(context, data.runId);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createRunArtifact', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.runArtifact.create({ data: { ...data, id: newId('RunArtifact'), orgId } })).id),
    );
    return { runArtifact: await reload(context, runArtifact, id) };
  });
}

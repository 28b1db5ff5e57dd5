import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import type { CreateHandoffInput } from '../generated/graphql.ts';
import { handoff } from './handoff.entity.ts';
import { createHandoffRules } from './handoff.rules.ts';

export function createHandoff(input: CreateHandoffInput, context: WorkflowContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createHandoffRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createHandoff', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.handoff.create({ data: { ...data, id: newId('Handoff'), orgId } })).id),
    );
    return { handoff: await reload(context, handoff, id) };
  });
}

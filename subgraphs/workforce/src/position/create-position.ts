import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { CreatePositionInput } from '../generated/graphql.ts';
import { position } from './position.entity.ts';
import { createPositionRules } from './position.rules.ts';

export function createPosition(input: CreatePositionInput, context: WorkforceContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createPositionRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createPosition', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.position.create({ data: { ...data, id: newId('Position'), orgId } })).id),
    );
    return { position: await reload(context, position, id) };
  });
}

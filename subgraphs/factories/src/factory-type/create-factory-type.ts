import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { FactoriesContext } from '../context.ts';
import type { CreateFactoryTypeInput } from '../generated/graphql.ts';
import { factoryType } from './factory-type.entity.ts';
import { createFactoryTypeRules } from './factory-type.rules.ts';

export function createFactoryType(input: CreateFactoryTypeInput, context: FactoriesContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createFactoryTypeRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createFactoryType', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.factoryType.create({ data: { ...data, id: newId('FactoryType'), orgId } })).id),
    );
    return { factoryType: await reload(context, factoryType, id) };
  });
}

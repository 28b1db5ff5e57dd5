import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { FactoriesContext } from '../context.ts';
import type { CreateFactoryBlueprintInput } from '../generated/graphql.ts';
import { factoryBlueprint } from './factory-blueprint.entity.ts';
import { createFactoryBlueprintRules } from './factory-blueprint.rules.ts';

export function createFactoryBlueprint(input: CreateFactoryBlueprintInput, context: FactoriesContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createFactoryBlueprintRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createFactoryBlueprint', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.factoryBlueprint.create({ data: { ...data, id: newId('FactoryBlueprint'), orgId } })).id),
    );
    return { factoryBlueprint: await reload(context, factoryBlueprint, id) };
  });
}

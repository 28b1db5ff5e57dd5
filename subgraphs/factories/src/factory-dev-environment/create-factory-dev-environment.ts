import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { FactoriesContext } from '../context.ts';
import type { CreateFactoryDevEnvironmentInput } from '../generated/graphql.ts';
import { holdFactory } from '../factory/hold-factory.ts';
import { factoryDevEnvironment } from './factory-dev-environment.entity.ts';
import { createFactoryDevEnvironmentRules } from './factory-dev-environment.rules.ts';

export function createFactoryDevEnvironment(input: CreateFactoryDevEnvironmentInput, context: FactoriesContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createFactoryDevEnvironmentRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createFactoryDevEnvironment', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => {
        await holdFactory(tx, orgId, data.factoryId, 'gets no new environments');
        return (await tx.factoryDevEnvironment.create({ data: { ...data, id: newId('FactoryDevEnvironment'), orgId } })).id;
      }),
    );
    return { factoryDevEnvironment: await reload(context, factoryDevEnvironment, id) };
  });
}

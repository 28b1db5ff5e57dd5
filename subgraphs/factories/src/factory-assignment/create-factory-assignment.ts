import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { FactoriesContext } from '../context.ts';
import type { CreateFactoryAssignmentInput } from '../generated/graphql.ts';
import { holdFactory } from '../factory/hold-factory.ts';
import { factoryAssignment } from './factory-assignment.entity.ts';
import { assigneeFaults, createFactoryAssignmentRules } from './factory-assignment.rules.ts';

export function createFactoryAssignment(input: CreateFactoryAssignmentInput, context: FactoriesContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createFactoryAssignmentRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createFactoryAssignment', key, input };
    const status = data.assigneeId ? 'ASSIGNED' : 'BACKLOG';
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => {
        await holdFactory(tx, orgId, data.factoryId, 'takes no new work');
        return (await tx.factoryAssignment.create({ data: { ...data, status, id: newId('FactoryAssignment'), orgId } })).id;
      }),
    );
    return { factoryAssignment: await reload(context, factoryAssignment, id) };
  }, assigneeFaults);
}

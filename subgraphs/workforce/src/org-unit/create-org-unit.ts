import { Prisma } from '@forge/prisma-workforce';
import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { CreateOrgUnitInput } from '../generated/graphql.ts';
import { orgUnit } from './org-unit.entity.ts';
import { createOrgUnitRules } from './org-unit.rules.ts';

export function createOrgUnit(input: CreateOrgUnitInput, context: WorkforceContext) {
  return answer(async () => {
    const { idempotencyKey: key, metadata, ...data } = checkInput(createOrgUnitRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createOrgUnit', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => (await tx.orgUnit.create({ data: { ...data, metadata: metadata ?? Prisma.DbNull, id: newId('OrgUnit'), orgId } })).id),
    );
    return { orgUnit: await reload(context, orgUnit, id) };
  });
}

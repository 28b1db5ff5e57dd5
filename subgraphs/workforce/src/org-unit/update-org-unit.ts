import { Prisma } from '@forge/prisma-workforce';
import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { WorkforceContext } from '../context.ts';
import type { UpdateOrgUnitInput } from '../generated/graphql.ts';
import { orgUnit } from './org-unit.entity.ts';
import { orgUnitFaults, updateOrgUnitRules } from './org-unit.rules.ts';

export function updateOrgUnit(input: UpdateOrgUnitInput, context: WorkforceContext) {
  return answer(async () => {
    const { id, expectedVersion, metadata, ...rest } = checkInput(updateOrgUnitRules, input);
    const data = metadata === undefined ? rest : { ...rest, metadata: metadata ?? Prisma.DbNull };
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.orgUnit.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, orgUnit, id);
    return { orgUnit: await reload(context, orgUnit, id) };
  }, orgUnitFaults);
}

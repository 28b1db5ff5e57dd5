import { idempotencyKey, idOf, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const role = text(1, 100);

export const createOrgUnitMembershipRules = z.object({
  unitId: idOf('OrgUnit'),
  workerId: idOf('Worker'),
  role: role.exactOptional(),
  idempotencyKey,
});

export const updateOrgUnitMembershipRules = z.object({ ...versionedId('OrgUnitMembership'), role: role.exactOptional() });

export const deleteOrgUnitMembershipRules = z.object(versionedId('OrgUnitMembership'));

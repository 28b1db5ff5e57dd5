import { fault, idempotencyKey, idOf, jsonObject, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const required = {
  type: text(1, 100),
  name: text(1, 200),
};

/** What an explicit null clears. */
const cleared = {
  parentId: idOf('OrgUnit').nullable(),
  leadId: idOf('Worker').nullable(),
  metadata: jsonObject().nullable(),
};

export const createOrgUnitRules = z.object({ ...required, ...optional(cleared), idempotencyKey });

export const updateOrgUnitRules = z.object({ ...versionedId('OrgUnit'), ...optional({ ...required, ...cleared }) });

export const deleteOrgUnitRules = z.object(versionedId('OrgUnit'));

/** What the database says of a unit, for people. */
export const orgUnitFaults = {
  orgUnits_parents_have_no_cycle: fault('INVALID', 'parentId', 'parentId: must not be the unit itself or one below it'),
};

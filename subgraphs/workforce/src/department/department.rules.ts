import { fault, idempotencyKey, idOf, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const name = text(1, 200);

/** What an explicit null clears. */
const cleared = {
  parentId: idOf('Department').nullable(),
  headId: idOf('Worker').nullable(),
  costCenter: text(1, 100).nullable(),
};

export const createDepartmentRules = z.object({ companyId: text(1, 100), name, ...optional(cleared), idempotencyKey });

export const updateDepartmentRules = z.object({ ...versionedId('Department'), ...optional({ name, ...cleared }) });

export const deleteDepartmentRules = z.object(versionedId('Department'));

/** What the database says of a department, for people. */
export const departmentFaults = {
  departments_parents_have_no_cycle: fault('INVALID', 'parentId', 'parentId: must not be the department itself or one below it'),
};

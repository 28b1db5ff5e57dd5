import { fault, idempotencyKey, idOf, optional, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const positionId = idOf('Position').nullable();
const role = z.enum(['MANAGER', 'LEAD', 'MEMBER', 'REVIEWER']);
const past = z.date().refine((time) => time <= new Date(), 'lies in the future');

export const createFactoryTeamMemberRules = z.object({
  factoryId: idOf('Factory'),
  workerId: idOf('Worker'),
  positionId: positionId.default(null),
  role,
  joinedAt: past.nullish(),
  idempotencyKey,
});

export const updateFactoryTeamMemberRules = z
  .object({
    ...versionedId('FactoryTeamMember'),
    ...optional({ positionId, role, joinedAt: past, leftAt: past.nullable() }),
  })
  .refine(({ joinedAt, leftAt }) => !joinedAt || !leftAt || joinedAt <= leftAt, { path: ['leftAt'], error: 'lies before joinedAt' });

export const deleteFactoryTeamMemberRules = z.object(versionedId('FactoryTeamMember'));

/** What the constraints of the table say, for people. */
export const placeFaults = {
  factoryTeamMembers_one_current_place: fault('CONFLICT', 'workerId', 'workerId: has a current place in this factory already; change that one'),
  factoryTeamMembers_leaves_after_joining: fault('INVALID', 'leftAt', 'leftAt: lies before joinedAt'),
  factoryTeamMembers_leaves_no_open_work: fault('CONFLICT', 'id', 'id: the worker has open work on the board of this factory; give it to somebody else first'),
};

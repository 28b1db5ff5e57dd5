import { workerResolvers } from './worker/worker.resolvers.ts';
import { departmentResolvers } from './department/department.resolvers.ts';
import { teamResolvers } from './team/team.resolvers.ts';
import { positionResolvers } from './position/position.resolvers.ts';
import { positionAssignmentResolvers } from './position-assignment/position-assignment.resolvers.ts';
import { orgUnitResolvers } from './org-unit/org-unit.resolvers.ts';
import { orgUnitMembershipResolvers } from './org-unit-membership/org-unit-membership.resolvers.ts';
import { externalResolvers } from './external.resolvers.ts';

export const resolvers = [
  workerResolvers,
  departmentResolvers,
  teamResolvers,
  positionResolvers,
  positionAssignmentResolvers,
  orgUnitResolvers,
  orgUnitMembershipResolvers,
  externalResolvers,
];

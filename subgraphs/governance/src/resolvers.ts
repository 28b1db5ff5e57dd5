import { workerRoleResolvers } from './worker-role/worker-role.resolvers.ts';
import { policyResolvers } from './policy/policy.resolvers.ts';
import { approvalPolicyResolvers } from './approval-policy/approval-policy.resolvers.ts';
import { authorityGrantResolvers } from './authority-grant/authority-grant.resolvers.ts';
import { orgTierGrantResolvers } from './org-tier-grant/org-tier-grant.resolvers.ts';
import { auditEventResolvers } from './audit-event/audit-event.resolvers.ts';
import { platformEventResolvers } from './platform-event/platform-event.resolvers.ts';
import { externalResolvers } from './external.resolvers.ts';

export const resolvers = [
  workerRoleResolvers,
  policyResolvers,
  approvalPolicyResolvers,
  authorityGrantResolvers,
  orgTierGrantResolvers,
  auditEventResolvers,
  platformEventResolvers,
  externalResolvers,
];

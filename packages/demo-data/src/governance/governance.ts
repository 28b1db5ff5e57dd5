import { makeAuditEvents } from './audit.ts';
import { makePlatformEvents } from './events.ts';
import { makeApprovalPolicies, makePolicies } from './policies.ts';
import { makeGrants, makeRoles, makeTiers } from './roles.ts';
import type { Tables } from '../rows.ts';
import type { Story } from '../story.ts';

/** The governance domain: who may do what, what is asked of whom, and the record of it all. */
export function makeGovernance(story: Story): Tables {
  const roles = makeRoles(story.cast);
  const policies = makePolicies(story);
  const approvalPolicies = makeApprovalPolicies(story);
  const grants = makeGrants(story.cast);
  return {
    workerRoles: roles,
    policies,
    approvalPolicies,
    authorityGrants: grants,
    orgTierGrants: makeTiers(story.cast),
    auditEvents: makeAuditEvents(story, { workerRoles: roles, policies, approvalPolicies, authorityGrants: grants }),
    platformEvents: makePlatformEvents(story),
  };
}

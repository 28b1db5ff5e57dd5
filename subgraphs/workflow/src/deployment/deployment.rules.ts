import { idempotencyKey, idOf, jsonObject, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

export const createDeploymentRules = z.object({
  workflowId: idOf('Workflow'),
  gatewayId: idOf('Gateway'),
  environment: text(1, 50).regex(/^[a-z0-9-]+$/, 'must be lower case letters, digits and hyphens, such as staging'),
  roleBindings: jsonObject().superRefine((bindings, issues) => {
    for (const [role, agentId] of Object.entries(bindings)) {
      const { error } = idOf('Agent').safeParse(agentId);
      if (error) issues.addIssue({ code: 'custom', path: [role], message: error.issues[0]?.message ?? '' });
    }
  }),
  deployedById: idOf('Worker').nullable().default(null),
  idempotencyKey,
});

export const deploymentStatusRules = z.object(versionedId('Deployment'));

/** What each state of a deployment may become. The trigger refuse_transition in the database says the same. */
export const deploymentTransitions = {
  PENDING: ['ACTIVE'],
  ACTIVE: ['INACTIVE'],
  INACTIVE: ['ACTIVE'],
} as const;

/** The roles that no agent fills. */
export function unboundRoles(roles: readonly string[], roleBindings: unknown): string[] {
  const bindings = Object(roleBindings) as object;
  return [...new Set(roles)].filter((role) => !Object.hasOwn(bindings, role));
}

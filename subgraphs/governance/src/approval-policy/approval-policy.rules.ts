import { decimal, idempotencyKey, idOf, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';
import { scopeFits, scopeId, scopeType } from '../scope.rules.ts';

const trigger = z.enum(['COST_ABOVE', 'TRUST_BELOW', 'MODEL_NEEDS_APPROVAL', 'ENVIRONMENT', 'STEP_FLAG']);
type Trigger = z.infer<typeof trigger>;

const required = { name: text(1, 200), scopeType, trigger };

/** What an explicit null clears. */
const cleared = {
  scopeId,
  threshold: decimal(10).nullable(),
  approverRoleId: idOf('WorkerRole').nullable(),
};

/** What the database has a default for. */
const defaulted = { severity: z.enum(['NORMAL', 'ELEVATED', 'CRITICAL']), enabled: z.boolean() };

/** What each trigger takes for a threshold; those that are not here take none. */
const thresholds: Readonly<Partial<Record<Trigger, { readonly fits: (threshold: string) => boolean; readonly rule: string }>>> = {
  COST_ABOVE: { fits: () => true, rule: 'must be US cents, 0 or more, when trigger is COST_ABOVE' },
  // Nothing is below 1, the least trust level.
  TRUST_BELOW: { fits: (threshold) => /^0*([2-9]|10)(\.0*)?$/.test(threshold), rule: 'must be a whole trust level from 2 to 10 when trigger is TRUST_BELOW' },
};

/** What the check constraints say, for people. */
export const thresholdRule = 'is US cents when trigger is COST_ABOVE, a whole trust level from 2 to 10 when it is TRUST_BELOW, and empty otherwise';
export const environmentRule = 'must be ENVIRONMENT when trigger is ENVIRONMENT, so that it is clear which';

interface Triggered {
  readonly trigger?: Trigger;
  readonly threshold?: string | null;
  readonly scopeType?: z.infer<typeof scopeType>;
}

/** What one field says of another; where only one of them is given, the database knows the other. */
function triggerFits({ trigger, threshold, scopeType }: Triggered, issues: z.RefinementCtx): void {
  if (trigger === undefined) return;
  if (threshold !== undefined) {
    const message = thresholdFault(trigger, threshold);
    if (message) issues.addIssue({ code: 'custom', path: ['threshold'], message });
  }
  if (trigger === 'ENVIRONMENT' && scopeType !== undefined && scopeType !== 'ENVIRONMENT') issues.addIssue({ code: 'custom', path: ['scopeType'], message: environmentRule });
}

function thresholdFault(trigger: Trigger, threshold: string | null): string | undefined {
  const taken = thresholds[trigger];
  if (!taken) return threshold === null ? undefined : `must be empty when trigger is ${trigger}`;
  return threshold !== null && taken.fits(threshold) ? undefined : taken.rule;
}

export const createApprovalPolicyRules = z
  .object({
    ...required,
    ...optional(defaulted),
    scopeId: scopeId.default(null),
    threshold: cleared.threshold.default(null),
    approverRoleId: cleared.approverRoleId.default(null),
    idempotencyKey,
  })
  .superRefine(scopeFits)
  .superRefine(triggerFits);

export const updateApprovalPolicyRules = z
  .object({ ...versionedId('ApprovalPolicy'), ...optional({ ...required, ...cleared, ...defaulted }) })
  .superRefine(scopeFits)
  .superRefine(triggerFits);

export const deleteApprovalPolicyRules = z.object(versionedId('ApprovalPolicy'));

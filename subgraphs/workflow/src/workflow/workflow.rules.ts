import { idempotencyKey, idOf, kebabCase, optional, tags, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';
import { cronFault } from './cron.ts';

const name = kebabCase('invoice-triage');
const description = text(0, 2_000).nullable();
const triggerType = z.enum(['MANUAL', 'SCHEDULED', 'EVENT']);
const schedule = text(1, 100).superRefine((expression, issues) => {
  const message = cronFault(expression);
  if (message) issues.addIssue({ code: 'custom', message });
}).nullable();

/** What the check constraint workflows_schedule_fits_trigger says, for people. */
export const scheduleRule = 'is needed when triggerType is SCHEDULED, and must be empty otherwise';

export const createWorkflowRules = z
  .object({
    name,
    description: description.default(null),
    tags,
    triggerType,
    schedule: schedule.default(null),
    createdById: idOf('Worker'),
    idempotencyKey,
  })
  // Also when other fields have faults, so that all come at once.
  .refine((input) => (input.triggerType === 'SCHEDULED') === ((input.schedule ?? null) !== null), { path: ['schedule'], error: scheduleRule });

export const updateWorkflowRules = z.object({
  ...versionedId('Workflow'),
  ...optional({ name, description, tags, triggerType, schedule }),
});

export const deleteWorkflowRules = z.object(versionedId('Workflow'));

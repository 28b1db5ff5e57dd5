import { idempotencyKey, idOf, kebabCase, optional, tags, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';
import { cronFault, nextTime } from './cron.ts';

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

export const workflowStatusRules = z.object(versionedId('Workflow'));

/** What each state of a workflow may become. The trigger refuse_transition in the database says the same. */
export const workflowTransitions = {
  DRAFT: ['ACTIVE', 'DEPRECATED'],
  ACTIVE: ['PAUSED', 'DEPRECATED'],
  PAUSED: ['ACTIVE', 'DEPRECATED'],
  DEPRECATED: [],
} as const;

export type WorkflowStatus = keyof typeof workflowTransitions;

interface Trigger {
  readonly triggerType: z.output<typeof triggerType>;
  readonly schedule: string | null;
}

/** When the scheduler starts a workflow in this state next, seen at `now`; null when it does not. */
export function nextRunAt(status: WorkflowStatus, { triggerType, schedule }: Trigger, now: Date): Date | null {
  return status === 'ACTIVE' && triggerType === 'SCHEDULED' && schedule !== null ? nextTime(schedule, now) : null;
}

interface Scheduled extends Trigger {
  readonly status: WorkflowStatus;
  readonly nextScheduledRunAt: Date | null;
}

/** The same after a change. A trigger that stays as it was keeps its time: one that is due already is not passed over. */
export function nextRunAfterChange(row: Scheduled, change: Partial<Trigger>, now: Date): Date | null {
  const { triggerType, schedule } = { ...row, ...change };
  const stays = triggerType === row.triggerType && schedule === row.schedule;
  return stays ? row.nextScheduledRunAt : nextRunAt(row.status, { triggerType, schedule }, now);
}

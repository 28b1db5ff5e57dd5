import { idOf, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const name = text(1, 100).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case, such as invoice-triage');
const description = text(0, 2_000).nullable();
const tags = z.array(text(1, 50)).max(20, 'has more than 20 entries');
const triggerType = z.enum(['MANUAL', 'SCHEDULED', 'EVENT']);
const schedule = text(1, 100).nullable();

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
  })
  .superRefine(({ triggerType, schedule }, issues) => {
    if ((triggerType === 'SCHEDULED') !== (schedule !== null)) issues.addIssue({ code: 'custom', path: ['schedule'], message: scheduleRule });
  });

export const updateWorkflowRules = z.object({
  ...versionedId('Workflow'),
  name: name.exactOptional(),
  description: description.exactOptional(),
  tags: tags.exactOptional(),
  triggerType: triggerType.exactOptional(),
  schedule: schedule.exactOptional(),
});

export const deleteWorkflowRules = z.object(versionedId('Workflow'));

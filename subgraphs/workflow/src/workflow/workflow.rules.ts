import { idOf, text } from '@forge/subgraph-kit';
import { z } from 'zod';

const name = text(1, 100).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case, such as invoice-triage');
const description = text(0, 2_000).nullable();
const tags = z.array(text(1, 50)).max(20, 'has more than 20 entries');
const triggerType = z.enum(['MANUAL', 'SCHEDULED', 'EVENT']);
const schedule = text(1, 100).nullable();

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
    const message = scheduleFault(triggerType, schedule);
    if (message) issues.addIssue({ code: 'custom', path: ['schedule'], message });
  });

export const updateWorkflowRules = z.object({
  name: name.optional(),
  description: description.optional(),
  tags: tags.optional(),
  triggerType: triggerType.optional(),
  schedule: schedule.optional(),
});

/** A schedule and the SCHEDULED trigger go together; what is wrong when they do not. */
export function scheduleFault(triggerType: string, schedule: string | null): string | undefined {
  if (triggerType === 'SCHEDULED' && schedule === null) return 'is needed when triggerType is SCHEDULED';
  if (triggerType !== 'SCHEDULED' && schedule !== null) return `must be empty when triggerType is ${triggerType}`;
  return undefined;
}

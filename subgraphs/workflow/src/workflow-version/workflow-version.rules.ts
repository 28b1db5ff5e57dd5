import { idempotencyKey, idOf, text } from '@forge/subgraph-kit';
import { z } from 'zod';
import { definitionFaults } from '../definition/definition-faults.ts';

/** The longest definition, in characters; what the library adds to it counts. */
export const maxDefinition = 1_000_000;

const definition = text(1, maxDefinition).superRefine((yaml, issues) => {
  for (const message of definitionFaults(yaml)) issues.addIssue({ code: 'custom', message });
});

export const publishWorkflowVersionRules = z
  .object({
    workflowId: idOf('Workflow'),
    documentId: idOf('WorkflowDocument').nullish(),
    definition: definition.nullish(),
    changelog: text(0, 2_000).nullable().default(null),
    expectedVersion: z.date().nullish(),
    idempotencyKey,
  })
  .refine((input) => !input.documentId || (input.definition ?? null) === null, { path: ['definition'], error: 'must be left out when documentId is given' });

export type PublishWorkflowVersionData = z.output<typeof publishWorkflowVersionRules>;

import { idempotencyKey, idOf, optional, text, versionedId } from '@forge/subgraph-kit';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { definitionFaults } from '../definition/definition-faults.ts';

const yaml = text(1, 1_000_000).superRefine((definition, issues) => {
  for (const message of definitionFaults(definition)) issues.addIssue({ code: 'custom', message });
});

export const createWorkflowDocumentRules = z.object({ workflowId: idOf('Workflow'), yaml, pinned: z.boolean(), idempotencyKey });

export const updateWorkflowDocumentRules = z.object({
  ...versionedId('WorkflowDocument'),
  ...optional({ yaml, pinned: z.boolean() }),
});

export const deleteWorkflowDocumentRules = z.object(versionedId('WorkflowDocument'));

/** SHA-256 of a definition, in hexadecimal. */
export function contentHash(yaml: string): string {
  return createHash('sha256').update(yaml).digest('hex');
}

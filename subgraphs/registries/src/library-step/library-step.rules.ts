import { idempotencyKey, idOf, jsonObject, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';
import { jsonSchema } from './json-schema.ts';

const failureModes = ['halt', 'skip', 'retry_once', 'retry_once_then_escalate'];
/** What places a step among others, and so is different wherever it is used. */
const placing = ['id', 'depends_on'];

const definition = jsonObject().superRefine((step, issues) => {
  const keys = step as Readonly<Record<string, unknown>>;
  for (const key of placing) {
    if (Object.hasOwn(keys, key)) issues.addIssue({ code: 'custom', path: [key], message: 'is for the definition that uses the step to say' });
  }
  if (Object.hasOwn(keys, 'on_failure') && !failureModes.some((mode) => mode === keys['on_failure'])) {
    issues.addIssue({ code: 'custom', path: ['on_failure'], message: `must be one of ${failureModes.join(', ')}` });
  }
});

const name = text(1, 200);
const categoryId = idOf('StepCategory');
const description = text(0, 2_000).nullable();
const schemas = { inputSchema: jsonSchema.nullable(), outputSchema: jsonSchema.nullable() };

export const createLibraryStepRules = z.object({
  name,
  categoryId,
  description: description.default(null),
  definition,
  ...optional(schemas),
  idempotencyKey,
});

export const updateLibraryStepRules = z.object({
  ...versionedId('LibraryStep'),
  ...optional({ name, categoryId, description, definition, ...schemas }),
});

export const deleteLibraryStepRules = z.object(versionedId('LibraryStep'));

import { idempotencyKey, idOf, optional, tags, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const name = text(1, 200);
const description = text(0, 2_000).nullable();
const ownerId = idOf('Worker').nullable();

export const createPromptRules = z.object({
  name,
  description: description.default(null),
  ...optional({ tags }),
  ownerId: ownerId.default(null),
  idempotencyKey,
});

export const updatePromptRules = z.object({
  ...versionedId('Prompt'),
  ...optional({ name, description, tags, ownerId }),
});

export const deletePromptRules = z.object(versionedId('Prompt'));

import { idempotencyKey, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const name = text(1, 200);
const icon = text(1, 100).nullable();
const sortOrder = z.int().min(0, 'must be 0 or more');

export const createStepCategoryRules = z.object({
  name,
  icon: icon.default(null),
  ...optional({ sortOrder }),
  idempotencyKey,
});

export const updateStepCategoryRules = z.object({
  ...versionedId('StepCategory'),
  ...optional({ name, icon, sortOrder }),
});

export const deleteStepCategoryRules = z.object(versionedId('StepCategory'));

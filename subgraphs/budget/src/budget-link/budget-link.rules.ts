import { idempotencyKey, idOf } from '@forge/subgraph-kit';
import { z } from 'zod';

const ends = { parentId: idOf('Budget'), childId: idOf('Budget') };

export const linkBudgetsRules = z
  .object({ ...ends, idempotencyKey })
  .refine(({ parentId, childId }) => parentId !== childId, { path: ['childId'], message: 'must not be the parent itself' });

export const unlinkBudgetsRules = z.object(ends);

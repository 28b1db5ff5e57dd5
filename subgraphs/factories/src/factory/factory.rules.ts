import { idOf, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const name = text(1, 200);
const managerId = idOf('Worker').nullable();
const managerAgentId = idOf('Agent').nullable();
const teamId = idOf('Team').nullable();
const budgetId = idOf('Budget').nullable();
const description = text(0, 2_000).nullable();

export const updateFactoryRules = z.object({
  ...versionedId('Factory'),
  ...optional({
    name,
    managerId,
    managerAgentId,
    teamId,
    budgetId,
    description,
  }),
});

import { idempotencyKey, idOf, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const required = {
  departmentId: idOf('Department'),
  name: text(1, 200),
};

/** What an explicit null clears. */
const cleared = {
  leadId: idOf('Worker').nullable(),
  description: text(0, 2_000).nullable(),
};

export const createTeamRules = z.object({ ...required, ...optional(cleared), idempotencyKey });

export const updateTeamRules = z.object({ ...versionedId('Team'), ...optional({ ...required, ...cleared }) });

export const deleteTeamRules = z.object(versionedId('Team'));

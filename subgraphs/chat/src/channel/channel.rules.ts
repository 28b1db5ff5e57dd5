import { fault, idempotencyKey, idOf, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

/** What an explicit null clears, as far as the type lets it. */
const belonging = {
  factoryId: idOf('Factory').nullable(),
  teamId: idOf('Team').nullable(),
  ownerId: idOf('Worker').nullable(),
};

const settings = {
  name: text(1, 200),
  relevancyMode: z.enum(['HEURISTIC', 'LLM', 'HYBRID']),
  relevancyThreshold: z.number().min(0, 'must be from 0 to 1').max(1, 'must be from 0 to 1'),
  maxAgentLoopDepth: z.int().min(0, 'must be from 0 to 100').max(100, 'must be from 0 to 100'),
};

/** What a channel of the type cannot be without; each is a check constraint too, named `constraint`. */
const needs = [
  { type: 'FACTORY', field: 'factoryId', constraint: 'channels_factory_has_factory' },
  { type: 'TEAM', field: 'teamId', constraint: 'channels_team_has_team' },
  { type: 'PERSONAL', field: 'ownerId', constraint: 'channels_personal_has_owner' },
] as const;

const needed = (type: string) => `is needed when type is ${type}`;

/** What the check constraints say, for people. */
export const channelConstraints = Object.fromEntries(needs.map(({ type, field, constraint }) => [constraint, fault('INVALID', field, `${field}: ${needed(type)}`)]));

export const createChannelRules = z
  .object({ type: z.enum(['FACTORY', 'PROJECT', 'TEAM', 'DIRECT', 'PERSONAL']), ...optional(belonging), ...settings, idempotencyKey })
  .superRefine((input, issues) => {
    for (const { type, field } of needs) {
      if (input.type === type && input[field] == null) issues.addIssue({ code: 'custom', path: [field], message: needed(type) });
    }
  });

export const updateChannelRules = z.object({ ...versionedId('Channel'), ...optional(settings), ...optional(belonging) });

export const archiveChannelRules = z.object(versionedId('Channel'));

import { fault, idempotencyKey, idOf, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const required = {
  teamId: idOf('Team'),
  title: text(1, 200),
};

const headcount = z.int().refine((places) => places >= 1 && places <= 1_000, 'must be from 1 to 1,000');

/** What an explicit null clears. */
const cleared = {
  level: z.int().refine((level) => level >= 1 && level <= 20, 'must be from 1 to 20').nullable(),
  roleId: idOf('WorkerRole').nullable(),
};

export const createPositionRules = z.object({ ...required, ...optional({ headcount, ...cleared }), idempotencyKey });

export const updatePositionRules = z.object({
  ...versionedId('Position'),
  ...optional({ ...required, headcount, ...cleared, status: z.enum(['OPEN', 'FILLED', 'CLOSED']) }),
});

export const deletePositionRules = z.object(versionedId('Position'));

/** What the database says of a position, for people. */
export const positionFaults = {
  positions_headcount_covers_assignments: fault('CONFLICT', 'headcount', 'headcount: on some day, past or to come, more workers than that hold the position'),
};

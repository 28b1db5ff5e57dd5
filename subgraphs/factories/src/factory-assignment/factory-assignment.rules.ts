import { fault, idempotencyKey, idOf, optional, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { FactoryAssignmentStatus } from '../generated/graphql.ts';

const title = text(1, 200);
const description = text(0, 2_000).nullable();
const assigneeId = idOf('Worker').nullable();
const runId = idOf('WorkflowRun').nullable();
const priority = z.int().min(0, 'must be from 0 to 100').max(100, 'must be from 0 to 100');
const dueAt = z.date().nullable();

export const createFactoryAssignmentRules = z.object({
  factoryId: idOf('Factory'),
  title,
  description: description.default(null),
  assigneeId: assigneeId.default(null),
  runId: runId.default(null),
  priority,
  dueAt: dueAt.default(null),
  idempotencyKey,
});

export const updateFactoryAssignmentRules = z.object({
  ...versionedId('FactoryAssignment'),
  ...optional({ title, description, assigneeId, runId, priority, dueAt }),
});

export const deleteFactoryAssignmentRules = z.object(versionedId('FactoryAssignment'));

/** What the constraints of the table say, for people. */
export const assigneeFaults = {
  factoryAssignments_assignee_on_team: fault('INVALID', 'assigneeId', 'assigneeId: has no current place in the factory; take the worker in with createFactoryTeamMember first'),
  factoryAssignments_under_way_has_assignee: fault('CONFLICT', 'assigneeId', 'assigneeId: work that has begun keeps an assignee; give it to somebody else instead'),
  factoryAssignments_complete_is_final: fault('CONFLICT', 'assigneeId', 'assigneeId: the work is COMPLETE; who did it stays'),
};

/** The column of the board that a change of assignee moves work into. */
export function statusWith(status: FactoryAssignmentStatus, assigneeId: string | null): FactoryAssignmentStatus {
  if (status === 'BACKLOG' && assigneeId !== null) return 'ASSIGNED';
  if (status === 'ASSIGNED' && assigneeId === null) return 'BACKLOG';
  return status;
}

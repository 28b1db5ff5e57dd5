import type { DemoAssignment } from './assignments.ts';
import type { Row } from '../rows.ts';
import type { Story } from '../story.ts';

/** What the calls of factories' runs cost, one row a call, as analytics tells of them. */
export function makeFactoryTokenEvents({ cast: { orgId, makeId }, calls }: Story, assignments: readonly DemoAssignment[]): Row[] {
  const assignmentOf = new Map(assignments.map(({ id, runId }) => [runId, id]));
  return calls.flatMap((call): Row[] => (call.factoryId === null ? [] : [{
    id: makeId('FactoryTokenEvent', call.occurredAt), orgId, createdAt: call.occurredAt, factoryId: call.factoryId, tokenEventId: call.id, assignmentId: assignmentOf.get(call.runId) ?? null,
    runId: call.runId, workerId: call.workerId, totalTokens: call.inputTokens + call.outputTokens, costCents: call.costCents, occurredAt: call.occurredAt,
  }]));
}

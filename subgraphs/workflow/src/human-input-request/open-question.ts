import { fault, type UserFaults } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';

/** A question as it is; throws NOT_FOUND when the organisation has none of this id, and CONFLICT when it is closed, or is about to be since its time is over. */
export async function openQuestion({ prisma, principal: { orgId }, now }: WorkflowContext, id: string) {
  const question = await prisma.humanInputRequest.findUnique({ where: { orgId_id: { orgId, id } } });
  if (!question) throw fault('NOT_FOUND', 'id', 'id: leads to no HumanInputRequest');
  if (question.status !== 'PENDING') throw closed(question);
  if (question.expiresAt !== null && question.expiresAt <= now()) throw closed({ ...question, status: 'EXPIRED' });
  return question;
}

/** What to tell whoever comes second. */
export async function closedAlready({ prisma, principal: { orgId } }: WorkflowContext, id: string): Promise<UserFaults> {
  return closed(await prisma.humanInputRequest.findUniqueOrThrow({ where: { orgId_id: { orgId, id } } }));
}

function closed({ status, answeredById, answeredAt }: { status: string; answeredById: string | null; answeredAt: Date | null }): UserFaults {
  return fault('CONFLICT', 'id', answeredAt ? `id: was answered by ${answeredById ?? 'somebody'} at ${answeredAt.toISOString()} already` : `id: the question is ${status} and takes no answer`);
}

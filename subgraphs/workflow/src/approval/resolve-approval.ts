import { answer, checkInput, fault, idOf, reload, text } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { inRun } from '../engine/run.ts';
import type { ResolveApprovalInput } from '../generated/graphql.ts';
import { workerOf } from '../workflow-run/worker-of.ts';
import { approval } from './approval.entity.ts';
import { decide } from './decide.ts';

const rules = z.object({ id: idOf('Approval'), approve: z.boolean(), comment: text(1, 2_000).nullable().default(null) });

export function resolveApproval(input: ResolveApprovalInput, context: WorkflowContext) {
  return answer(async () => {
    const { id, approve, comment } = checkInput(rules, input);
    const { prisma, principal: { orgId, scopes, subject } } = context;
    if (!scopes.includes('governance:approve') && !scopes.includes('admin')) throw fault('FORBIDDEN', '', 'resolveApproval needs the scope governance:approve');
    const asked = await prisma.approval.findUnique({ where: { orgId_id: { orgId, id } }, include: { stepResult: { select: { agentId: true } } } });
    if (!asked) throw fault('NOT_FOUND', 'id', 'id: leads to no Approval');
    if (asked.stepResult && asked.stepResult.agentId === subject) throw fault('FORBIDDEN', 'id', 'id: the agent at work on a step does not decide over it');
    const decided = await inRun(prisma, orgId, asked.runId, (tx, run) => decide(tx, run, id, { approve, resolvedById: workerOf(context), comment }, context.now()));
    if (!decided) throw await decidedBy(context, id);
    return { approval: await reload(context, approval, id) };
  });
}

/** Who was first, for whoever comes second. */
async function decidedBy(context: WorkflowContext, id: string) {
  const row = await reload(context, approval, id);
  const who = row?.resolvedById ?? 'the system';
  return fault('CONFLICT', 'id', `id: was ${row?.status} by ${who} at ${row?.resolvedAt?.toISOString()} already`);
}

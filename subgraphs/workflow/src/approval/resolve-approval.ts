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
    const { prisma, principal: { orgId, subject } } = context;
    const asked = await prisma.approval.findUnique({ where: { orgId_id: { orgId, id } }, select: { runId: true, stepResult: { select: { agentId: true } } } });
    if (!asked) throw fault('NOT_FOUND', 'id', 'id: leads to no Approval');
    const decided = await inRun(prisma, orgId, asked.runId, (tx, run) => {
      const agents = [asked.stepResult?.agentId, ...Object.values(run.roleBindings)];
      if (agents.includes(subject)) throw fault('FORBIDDEN', 'id', 'id: an agent of the run does not decide over it');
      return decide(tx, run, id, { approve, resolvedById: workerOf(context), comment }, context.now());
    });
    if (!decided) throw await decidedBy(context, id);
    return { approval: await reload(context, approval, id) };
  });
}

/** Who was first, for whoever comes second. */
async function decidedBy(context: WorkflowContext, id: string) {
  const row = await reload(context, approval, id);
  const who = row?.resolvedById ? ` by ${row.resolvedById}` : '';
  return fault('CONFLICT', 'id', `id: was ${row?.status}${who} at ${row?.resolvedAt?.toISOString()} already`);
}

import { answer, checkInput, fault, idOf, reload, text } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { endRun } from '../engine/end-run.ts';
import { inRun } from '../engine/run.ts';
import type { CancelRunInput } from '../generated/graphql.ts';
import { workflowRun } from './workflow-run.entity.ts';
import { hasEnded } from './workflow-run.rules.ts';

const rules = z.object({ id: idOf('WorkflowRun'), reason: text(1, 2_000).nullable().default(null) });

/** Who calls a CANCELLED run off once more is answered alike. */
export function cancelRun(input: CancelRunInput, context: WorkflowContext) {
  return answer(async () => {
    const { id, reason } = checkInput(rules, input);
    const found = await inRun(context.prisma, context.principal.orgId, id, async (tx, run) => {
      if (run.status === 'CANCELLED') return true;
      if (hasEnded(run.status)) throw fault('INVALID_TRANSITION', 'id', `id: the run is ${run.status} and cannot be called off any more`);
      await endRun(tx, run, { status: 'CANCELLED', reason }, context.now());
      return true;
    });
    if (!found) throw fault('NOT_FOUND', 'id', 'id: leads to no WorkflowRun');
    return { run: await reload(context, workflowRun, id) };
  });
}

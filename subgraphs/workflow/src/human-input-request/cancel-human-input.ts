import { answer, checkInput, idOf, reload } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { inRun } from '../engine/run.ts';
import type { CancelHumanInputInput } from '../generated/graphql.ts';
import { closeQuestion } from './close-question.ts';
import { humanInputRequest } from './human-input-request.entity.ts';
import { closedAlready, openQuestion } from './open-question.ts';

const rules = z.object({ id: idOf('HumanInputRequest') });

export function cancelHumanInput(input: CancelHumanInputInput, context: WorkflowContext) {
  return answer(async () => {
    const { id } = checkInput(rules, input);
    const { prisma, principal: { orgId } } = context;
    const { runId } = await openQuestion(context, id);
    if (!(await inRun(prisma, orgId, runId, (tx, run) => closeQuestion(tx, run, id, { status: 'CANCELLED' }, context.now())))) throw await closedAlready(context, id);
    return { humanInputRequest: await reload(context, humanInputRequest, id) };
  });
}

import type { Prisma } from '@forge/prisma-workflow';
import { answer, checkInput, idOf, json, reload, UserFaults } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { inRun } from '../engine/run.ts';
import type { AnswerHumanInputInput } from '../generated/graphql.ts';
import { workerOf } from '../workflow-run/worker-of.ts';
import { answerFaults } from './answer-schema.ts';
import { closeQuestion } from './close-question.ts';
import { humanInputRequest } from './human-input-request.entity.ts';
import { closedAlready, openQuestion } from './open-question.ts';

const rules = z.object({ id: idOf('HumanInputRequest'), response: json(100_000) });

export function answerHumanInput(input: AnswerHumanInputInput, context: WorkflowContext) {
  return answer(async () => {
    const { id, response } = checkInput(rules, input);
    const { prisma, principal: { orgId } } = context;
    const { runId, responseSchema } = await openQuestion(context, id);
    const faults = responseSchema === null ? [] : answerFaults(responseSchema, response);
    if (faults.length) throw new UserFaults(...faults.map(({ path, message }) => ({ code: 'INVALID' as const, message: `${['response', ...path].join('.')}: ${message}`, path: ['input', 'response', ...path] })));
    const answered = { status: 'ANSWERED', response: response as Prisma.InputJsonValue, answeredById: workerOf(context) } as const;
    if (!(await inRun(prisma, orgId, runId, (tx, run) => closeQuestion(tx, run, id, answered, context.now())))) throw await closedAlready(context, id);
    return { humanInputRequest: await reload(context, humanInputRequest, id) };
  });
}

import { answer, checkInput, fault, idempotencyKey, idOf, jsonObject, newId, onceOnly, reload, text } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { advanceRun } from '../engine/advance-run.ts';
import { attemptOf } from '../engine/attempts.ts';
import { refuseAttemptOfOthers } from '../engine/own-gateway.ts';
import { lockRunOfAttempt } from '../engine/run.ts';
import type { RequestHumanInputInput } from '../generated/graphql.ts';
import { schemaFault } from './answer-schema.ts';
import { humanInputRequest } from './human-input-request.entity.ts';

const rules = z.object({
  stepResultId: idOf('StepResult'), prompt: text(1, 10_000),
  responseSchema: jsonObject().superRefine((schema, issues) => {
    const message = schemaFault(schema as object);
    if (message) issues.addIssue({ code: 'custom', message });
  }).nullable().default(null),
  expiresInSeconds: z.int().min(60, 'must be from 60 to 2592000').max(2_592_000, 'must be from 60 to 2592000').nullable().default(null), idempotencyKey,
});

/** The attempt keeps its place with the agent: it counts towards its maxConcurrency until it is answered. */
export function requestHumanInput(input: RequestHumanInputInput, context: WorkflowContext) {
  return answer(async () => {
    const { stepResultId, prompt, responseSchema, expiresInSeconds, idempotencyKey: key } = checkInput(rules, input);
    await refuseAttemptOfOthers(context, stepResultId);
    const { orgId } = context.principal;
    const now = context.now();
    const id = await context.prisma.$transaction((tx) => onceOnly(tx, { orgId, operation: 'requestHumanInput', key, input }, async () => {
      const run = await lockRunOfAttempt(tx, orgId, stepResultId);
      if (!run) throw fault('NOT_FOUND', 'stepResultId', 'stepResultId: leads to no StepResult');
      const { status, stepId } = await attemptOf(tx, run, stepResultId);
      if (status !== 'RUNNING') throw fault('INVALID_TRANSITION', 'stepResultId', `stepResultId: the attempt is ${status}; only one that is RUNNING asks people`);
      await tx.stepResult.updateMany({ where: { orgId, id: stepResultId }, data: { status: 'HELD', heldFor: 'HUMAN_INPUT', leaseExpiresAt: null } });
      const asked = await tx.humanInputRequest.create({
        data: {
          id: newId('HumanInputRequest', now), orgId, runId: run.id, stepId, prompt, ...(responseSchema !== null && { responseSchema: responseSchema }),
          expiresAt: expiresInSeconds === null ? null : new Date(now.getTime() + expiresInSeconds * 1000), createdAt: now,
        },
      });
      await advanceRun(tx, run, now);
      return asked.id;
    }));
    return { humanInputRequest: await reload(context, humanInputRequest, id) };
  });
}

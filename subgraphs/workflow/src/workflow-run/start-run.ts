import { answer, checkInput, idempotencyKey, idOf, jsonObject, onceOnly, reload, text } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { advanceRun } from '../engine/advance-run.ts';
import { lockRun, type LockedRun } from '../engine/run.ts';
import type { StartRunInput } from '../generated/graphql.ts';
import { insertRun } from './insert-run.ts';
import { guardrails } from './guardrails.ts';
import { workerOf } from './worker-of.ts';
import { workflowRun } from './workflow-run.entity.ts';

const rules = z.object({
  workflowId: idOf('Workflow'),
  environment: text(1, 50),
  args: jsonObject().default({}).transform((value) => value as Readonly<Record<string, unknown>>),
  runType: z.enum(['PRESCRIPTIVE', 'DELEGATED']),
  goal: text(1, 2_000).nullable().default(null),
  guardrails: guardrails.nullable().default(null),
  factoryId: idOf('Factory').nullable().default(null),
  parentRunId: idOf('WorkflowRun').nullable().default(null),
  startedById: idOf('Worker').nullable().default(null),
  idempotencyKey,
}).refine(({ runType, goal }) => runType !== 'DELEGATED' || goal !== null, { path: ['goal'], error: 'is needed for a DELEGATED run' });

export function startRun(input: StartRunInput, context: WorkflowContext) {
  return answer(async () => {
    const { idempotencyKey: key, startedById, ...given } = checkInput(rules, input);
    const { orgId } = context.principal;
    const now = context.now();
    const id = await context.prisma.$transaction((tx) => onceOnly(tx, { orgId, operation: 'startRun', key, input }, async () => {
      const runId = await insertRun(tx, orgId, { ...given, startedById: startedById ?? workerOf(context) }, now);
      await advanceRun(tx, (await lockRun(tx, orgId, runId)) as LockedRun, now);
      return runId;
    }));
    return { run: await reload(context, workflowRun, id) };
  });
}

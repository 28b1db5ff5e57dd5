import { answer, checkInput, fault, idempotencyKey, idOf, onceOnly, reload } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { advanceRun } from '../engine/advance-run.ts';
import { lockRun, type LockedRun, type Tx } from '../engine/run.ts';
import type { RewindRunInput } from '../generated/graphql.ts';
import { refuseStale } from '../workflow/lock-workflow.ts';
import { forget } from './forget.ts';
import { placeInRun } from './place-in-run.ts';
import { workflowRun } from './workflow-run.entity.ts';
import { hasEnded, rewindable, spentGuardrail } from './workflow-run.rules.ts';

const rules = z.object({ id: idOf('WorkflowRun'), checkpointId: idOf('WorkflowCheckpoint').nullable().default(null), expectedVersion: z.date().nullish(), idempotencyKey });

export function rewindRun(input: RewindRunInput, context: WorkflowContext) {
  return answer(async () => {
    const { id, checkpointId, expectedVersion, idempotencyKey: key } = checkInput(rules, input);
    const { orgId } = context.principal;
    const now = context.now();
    await context.prisma.$transaction((tx) => onceOnly(tx, { orgId, operation: 'rewindRun', key, input }, async () => {
      const { run, parent } = await lockWithParent(tx, orgId, id);
      if (!run) throw fault('NOT_FOUND', 'id', 'id: leads to no WorkflowRun');
      refuseStale(run, expectedVersion);
      refuseUnfit(run, parent, now);
      const checkpoint = checkpointId === null ? null : await tx.workflowCheckpoint.findUnique({ where: { orgId_id: { orgId, id: checkpointId } } });
      if (checkpointId !== null && checkpoint?.runId !== id) throw fault('NOT_FOUND', 'checkpointId', 'checkpointId: leads to no checkpoint of this run');
      await forget(tx, run, await placeInRun(tx, run, checkpoint), now);
      await advanceRun(tx, { ...run, status: 'RUNNING' }, now);
      return id;
    }));
    return { run: await reload(context, workflowRun, id) };
  });
}

/** In the order of their ids, as everybody locks several runs. */
async function lockWithParent(tx: Tx, orgId: string, id: string): Promise<{ run: LockedRun | null; parent: LockedRun | null }> {
  const parentId = (await tx.workflowRun.findUnique({ where: { orgId_id: { orgId, id } }, select: { parentRunId: true } }))?.parentRunId ?? null;
  const locked = new Map<string | null, LockedRun | null>();
  for (const each of [id, parentId].filter((runId) => runId !== null).sort()) locked.set(each, await lockRun(tx, orgId, each));
  return { run: locked.get(id) ?? null, parent: locked.get(parentId) ?? null };
}

function refuseUnfit(run: LockedRun, parent: LockedRun | null, now: Date): void {
  if (!rewindable.includes(run.status)) throw fault('INVALID_TRANSITION', 'id', `id: the run is ${run.status}; only one that is RUNNING, PAUSED or FAILED can be rewound`);
  if (parent && hasEnded(parent.status)) throw fault('INVALID_TRANSITION', 'id', `id: the run that started it, ${parent.id}, is ${parent.status} and waits for it no more; branch it instead`);
  const spent = spentGuardrail(run, now);
  if (spent) throw fault('LIMIT_REACHED', 'id', `id: the run has reached the ${spent} of its guardrails and would end at once; branch it instead`);
}

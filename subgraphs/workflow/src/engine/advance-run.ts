import { DefinitionError } from '../definition/definition-error.ts';
import { parseDefinition } from '../definition/parse-definition.ts';
import { planRun } from '../definition/plan.ts';
import { hasEnded } from '../workflow-run/workflow-run.rules.ts';
import { attemptsOf } from './attempts.ts';
import { carryOut } from './carry-out.ts';
import { circumstancesOf, type Circumstances } from './circumstances.ts';
import { endRun } from './end-run.ts';
import type { LockedRun, Tx } from './run.ts';
import { settle } from './settle.ts';
import { writeCheckpoint } from './write-checkpoint.ts';

/**
 * Carries a locked run on as far as it goes: makes attempts of what is ready, leaves out what is not to be done, asks people
 * where that is due, and ends it when nothing is left. All of it is in the database when the transaction is, and nothing
 * anywhere else, so a run goes on from wherever a process was killed. Called after every change, in its transaction.
 */
export async function advanceRun(tx: Tx, run: LockedRun, now: Date): Promise<void> {
  if (hasEnded(run.status)) return;
  if (run.status === 'PENDING') await start(tx, run, now);
  const attempts = await attemptsOf(tx, run);
  const { checkpoint, ...circumstances } = await circumstancesOf(tx, run);
  const { runType, args } = run;
  const plan = readable(() => planRun({ definition: parseDefinition(run.definition), runType, args, attempts, ...circumstances }));
  if ('unreadable' in plan) return endRun(tx, run, { status: 'FAILED', failure: { code: 'DEFINITION_UNREADABLE', message: plan.unreadable, stepId: null } }, now);
  await carryOut(tx, run, plan, now);
  await writeCheckpoint(tx, run, { attempts, skipped: plan.skip.map(({ stepId }) => stepId), last: checkpoint }, now);
  switch (plan.end?.status) {
    case undefined: return settle(tx, run, plan.waitingReason);
    // What people are asked about a step that is done already is for them to say first.
    case 'COMPLETED': return isAsking(circumstances) ? settle(tx, run, null) : endRun(tx, run, { status: 'COMPLETED' }, now);
    case 'FAILED': return endRun(tx, run, { status: 'FAILED', failure: { ...plan.end.error, stepId: plan.end.stepId } }, now);
  }
}

async function start(tx: Tx, { orgId, id, guardrails }: LockedRun, now: Date): Promise<void> {
  const deadlineAt = guardrails?.maxDurationMs === undefined ? null : new Date(now.getTime() + guardrails.maxDurationMs);
  await tx.workflowRun.updateMany({ where: { orgId, id }, data: { status: 'RUNNING', startedAt: now, deadlineAt } });
}

function isAsking({ approvals }: Pick<Circumstances, 'approvals'>): boolean {
  return approvals.some(({ status }) => status === 'PENDING');
}

/** A run whose definition was taken under other rules, and cannot be read any more, would wait for ever. */
function readable<T>(plan: () => T): T | { unreadable: string } {
  try {
    return plan();
  } catch (error) {
    if (error instanceof DefinitionError) return { unreadable: error.message };
    throw error;
  }
}

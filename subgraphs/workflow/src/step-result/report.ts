import { answer, checkInput, fault, idOf, onceOnly, reload, text } from '@forge/subgraph-kit';
import type { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { attemptOf, type Attempt } from '../engine/attempts.ts';
import { refuseAttemptOfOthers } from '../engine/own-gateway.ts';
import { lockRunOfAttempt, type LockedRun, type Tx } from '../engine/run.ts';
import { stepResult, type StepResultRow } from './step-result.entity.ts';

/** What every report says. */
export const reportRules = { stepResultId: idOf('StepResult'), callbackKey: text(1, 200) };

type ReportRules = z.ZodType<{ stepResultId: string; callbackKey: string }>;

/** Acts on a report behind the run's lock; false when it comes too late to change the attempt. */
export type ActOnReport<Given> = (tx: Tx, run: LockedRun, attempt: Attempt, given: Given) => Promise<boolean>;

/** Takes a report of a runtime once: the same again, at once or later, changes nothing and answers the same. */
export async function takeReport<S extends ReportRules>(operation: string, rules: S, input: unknown, context: WorkflowContext, act: ActOnReport<z.output<S>>) {
  const { orgId } = context.principal;
  const payload = await answer<{ stepResult: StepResultRow | null; accepted: boolean }>(async () => {
    const given = checkInput(rules, input);
    const { stepResultId: id, callbackKey: key } = given;
    await refuseAttemptOfOthers(context, id);
    const outcome = await context.prisma.$transaction((tx) => onceOnly(tx, { orgId, operation, key, input }, async () => {
      const run = await lockRunOfAttempt(tx, orgId, id);
      if (!run) throw fault('NOT_FOUND', 'stepResultId', 'stepResultId: leads to no StepResult');
      return (await act(tx, run, await attemptOf(tx, run, id), given)) ? 'accepted' : 'too late';
    }));
    return { stepResult: await reload(context, stepResult, id), accepted: outcome === 'accepted' };
  });
  return { ...payload, accepted: payload.accepted ?? false };
}

/** Work that nobody has said to have begun cannot be over, nor work that waits for an answer. */
export function refuseUnbegun({ status, heldFor }: Attempt): void {
  if (heldFor === 'HUMAN_INPUT') {
    throw fault('INVALID_TRANSITION', 'stepResultId', 'stepResultId: the attempt is HELD until people have answered; take the question back with cancelHumanInput, then report');
  }
  if (status === 'DISPATCHED' || status === 'PENDING' || status === 'HELD') {
    throw fault('INVALID_TRANSITION', 'stepResultId', `stepResultId: the attempt is ${status}; report it started first, by whoever has claimed it`);
  }
}

import { answer, checkInput, fault, onceOnly, reload } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';
import { parseDefinition } from '../definition/parse-definition.ts';
import { advanceRun } from '../engine/advance-run.ts';
import { refuseRunOfOthers } from '../engine/own-gateway.ts';
import { lockRun } from '../engine/run.ts';
import type { CreateHandoffInput } from '../generated/graphql.ts';
import { withFaultsAt } from '../workflow-version/with-faults-at.ts';
import { handoff } from './handoff.entity.ts';
import { createHandoffRules, refuseUnknownSteps } from './handoff.rules.ts';
import { insertHandoffs } from './insert-handoffs.ts';

/** What is handed on in a delegated run begins at once. */
export function createHandoff(input: CreateHandoffInput, context: WorkflowContext) {
  return answer(async () => {
    const { idempotencyKey: key, runId, ...data } = checkInput(createHandoffRules, input);
    await refuseRunOfOthers(context, runId);
    const { orgId } = context.principal;
    const now = context.now();
    const call = { orgId, operation: 'createHandoff', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => {
        const run = await lockRun(tx, orgId, runId);
        if (!run) throw fault('NOT_FOUND', 'runId', 'runId: leads to nothing');
        if (run.completedAt) throw fault('INVALID_TRANSITION', 'runId', `runId: the run is ${run.status} since ${run.completedAt.toISOString()} and takes no more handoffs`);
        refuseUnknownSteps(withFaultsAt('runId', () => parseDefinition(run.definition)).steps.map((step) => step.id), data);
        const [made] = (await insertHandoffs(tx, run, [data], now)) as [string];
        if (run.runType === 'DELEGATED') await advanceRun(tx, run, now);
        return made;
      }),
    );
    return { handoff: await reload(context, handoff, id) };
  });
}

import { json, listOf, text, UserFaults } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { isJsonObject, type Json } from '../definition/json.ts';
import { parseDefinition } from '../definition/parse-definition.ts';
import { advanceRun } from '../engine/advance-run.ts';
import type { Attempt } from '../engine/attempts.ts';
import { endAttempt, tellOfCalls } from '../engine/end-attempt.ts';
import type { LockedRun, Tx } from '../engine/run.ts';
import type { ReportStepCompletedInput } from '../generated/graphql.ts';
import { refuseUnknownSteps } from '../handoff/handoff.rules.ts';
import { insertHandoff } from '../handoff/insert-handoff.ts';
import { endingRules, insertArtifacts } from './ending.ts';
import { refuseUnbegun, reportRules, takeReport } from './report.ts';

const handoff = z.object({ toStepId: text(1, 100), summary: text(0, 2_000).nullable().default(null), payload: json(1_000_000) });

const rules = (now: Date) => z.object({
  ...reportRules, ...endingRules(now), handoffs: listOf(handoff, 20),
  output: json(1_000_000).transform((value) => value as Json).refine(isJsonObject, 'must be a JSON object'),
});

export function reportStepCompleted(input: ReportStepCompletedInput, context: WorkflowContext) {
  const now = context.now();
  return takeReport('reportStepCompleted', rules(now), input, context, async (tx, run, attempt, { output, usage, artifacts, handoffs }) => {
    if (attempt.status !== 'RUNNING') {
      refuseUnbegun(attempt);
      if (usage.length > 0) await tellOfCalls(tx, run, attempt, usage);
      return false;
    }
    refuseMissingOutputs(attempt, output);
    await endAttempt(tx, run, attempt, { status: 'COMPLETED', output, calls: usage }, now);
    await insertArtifacts(tx, run, attempt, artifacts, now);
    await handOn(tx, run, attempt, handoffs);
    await advanceRun(tx, run.orgId, run.id, now);
    return true;
  });
}

function refuseMissingOutputs({ outputs }: Attempt, output: object): void {
  const missing = outputs.filter((name) => !Object.hasOwn(output, name));
  if (missing.length === 0) return;
  throw new UserFaults(...missing.map((name) => ({ code: 'INVALID' as const, message: `output.${name}: is missing; the step has promised it`, path: ['input', 'output', name] })));
}

async function handOn(tx: Tx, run: LockedRun, { stepId: fromStepId, agentId: fromAgentId }: Attempt, handoffs: readonly z.output<typeof handoff>[]): Promise<void> {
  const stepIds = parseDefinition(run.definition).steps.map(({ id }) => id);
  for (const { toStepId, ...handed } of handoffs) {
    refuseUnknownSteps(stepIds, { fromStepId, toStepId });
    await insertHandoff(tx, run, { ...handed, fromStepId, toStepId, fromAgentId, toAgentId: null });
  }
}

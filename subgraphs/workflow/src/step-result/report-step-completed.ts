import { json, listOf, text, UserFaults, type UserError } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { isJsonObject, type Json } from '../definition/json.ts';
import { parseDefinition } from '../definition/parse-definition.ts';
import { advanceRun } from '../engine/advance-run.ts';
import type { Attempt } from '../engine/attempts.ts';
import { endAttempt, tellOfCalls } from '../engine/end-attempt.ts';
import type { LockedRun } from '../engine/run.ts';
import type { ReportStepCompletedInput } from '../generated/graphql.ts';
import { insertHandoffs } from '../handoff/insert-handoffs.ts';
import { endingRules, insertArtifacts } from './ending.ts';
import { refuseUnbegun, reportRules, takeReport } from './report.ts';

const handoff = z.object({ toStepId: text(1, 100), summary: text(0, 2_000).nullable().default(null), payload: json(1_000_000).default({}) });

const rules = (now: Date) => z.object({
  ...reportRules, ...endingRules(now), handoffs: listOf(handoff, 20),
  output: json(1_000_000).default({}).transform((value) => value as Json).refine(isJsonObject, 'must be a JSON object'),
});

type Report = z.output<ReturnType<typeof rules>>;

export function reportStepCompleted(input: ReportStepCompletedInput, context: WorkflowContext) {
  const now = context.now();
  return takeReport('reportStepCompleted', rules(now), input, context, async (tx, run, attempt, report) => {
    const { output, usage, artifacts, handoffs } = report;
    if (attempt.status !== 'RUNNING') {
      refuseUnbegun(attempt);
      if (usage.length > 0) await tellOfCalls(tx, run, attempt, usage);
      return false;
    }
    refuseUnfit(run, attempt, report);
    await endAttempt(tx, run, attempt, { status: 'COMPLETED', output, calls: usage }, now);
    await insertArtifacts(tx, run, attempt, artifacts, now);
    await insertHandoffs(tx, run, handoffs.map((handed) => ({ ...handed, fromStepId: attempt.stepId, fromAgentId: attempt.agentId, toAgentId: null })), now);
    await advanceRun(tx, run, now);
    return true;
  });
}

/** Throws every output that the step has promised and not given, and every handoff to what is no step. */
function refuseUnfit({ definition }: LockedRun, { outputs }: Attempt, { output, handoffs }: Report): void {
  const missing = outputs.filter((name) => !Object.hasOwn(output, name));
  const faults: UserError[] = missing.map((name) => ({ code: 'INVALID', message: `output.${name}: is missing; the step has promised it`, path: ['input', 'output', name] }));
  const isStep = (id: string) => parseDefinition(definition).steps.some((step) => step.id === id);
  for (const [i, { toStepId }] of handoffs.entries()) {
    if (isStep(toStepId)) continue;
    faults.push({ code: 'INVALID', message: `handoffs.${i}.toStepId: the run's definition has no step "${toStepId}"`, path: ['input', 'handoffs', String(i), 'toStepId'] });
  }
  if (faults.length > 0) throw new UserFaults(...faults);
}

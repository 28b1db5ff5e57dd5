import { text } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { WorkflowContext } from '../context.ts';
import { advanceRun } from '../engine/advance-run.ts';
import { endAttempt, tellOfCalls } from '../engine/end-attempt.ts';
import type { ReportStepFailedInput } from '../generated/graphql.ts';
import { endingRules, insertArtifacts } from './ending.ts';
import { refuseUnbegun, reportRules, takeReport } from './report.ts';

const rules = (now: Date) => z.object({
  ...reportRules, ...endingRules(now),
  error: z.object({ code: text(1, 100).regex(/^[A-Z][A-Z0-9_]*$/, 'must be capitals, digits and underscores, such as TOOL_FAILED'), message: text(1, 10_000), retryable: z.boolean() }),
});

/** Also for an attempt that was claimed and could not even begin. */
export function reportStepFailed(input: ReportStepFailedInput, context: WorkflowContext) {
  const now = context.now();
  return takeReport('reportStepFailed', rules(now), input, context, async (tx, run, attempt, { error, usage, artifacts }) => {
    if (attempt.status !== 'RUNNING' && attempt.status !== 'DISPATCHED') {
      refuseUnbegun(attempt);
      if (usage.length > 0) await tellOfCalls(tx, run, attempt, usage);
      return false;
    }
    await endAttempt(tx, run, attempt, { status: 'FAILED', error, calls: usage }, now);
    await insertArtifacts(tx, run, attempt, artifacts, now);
    await advanceRun(tx, run, now);
    return true;
  });
}

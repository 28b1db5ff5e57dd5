import { add, nothingSpent, type Call, type Spent } from '../analytics/calls.ts';
import { daysOfHistory, type Cast } from '../cast.ts';
import { cents } from '../money.ts';
import type { Period } from '../analytics/prices.ts';
import { after, day, hour, minute, type Row } from '../rows.ts';
import { emptyRunTables, type RunTables } from './run-rows.ts';
import { playRun, type Fate, type PlayedRun, type RunPlan } from './run.ts';
import type { DemoWorkflow } from './workflows.ts';

/**
 * `count` runs over the last 100 days, the last of them under way at this moment, and the LLM calls they made. A run that
 * branched off refers to a checkpoint of an earlier run, so those that did are a second batch, to be loaded after the first.
 */
export function makeRuns(cast: Cast, periods: readonly Period[], workflows: readonly DemoWorkflow[], count: number): { batches: RunTables[]; calls: Call[] } {
  const [originals, branches] = [emptyRunTables(), emptyRunTables()];
  const plans = planRuns(cast, workflows, count);
  const tablesOf = (number: number) => (number % 80 === 79 ? branches : originals);
  const played = plans.map((plan) => playRun(cast, periods, plan, tablesOf(plan.number)));
  const parents = childrenOf(plans);

  for (const [i, plan] of plans.entries()) {
    const run = played[i] as PlayedRun;
    const parent = parents.get(i);
    const total = nothingSpent();
    add(total, run.spent);
    for (const [child, of] of parents) if (of === i) add(total, played[child]?.spent as Spent);
    tablesOf(i).workflowRuns.push(runRow(cast, plan, run, total, {
      parentRunId: parent === undefined ? null : (plans[parent] as RunPlan).id,
      branchedFromCheckpointId: i % 80 === 79 ? (played[i - 60]?.checkpointIds[0] ?? null) : null,
    }));
  }
  return { batches: [originals, branches], calls: played.flatMap(({ events }) => events) };
}

function planRuns({ random, makeId, now, people, factories }: Cast, workflows: readonly DemoWorkflow[], count: number): RunPlan[] {
  const live: Fate[] = ['RUNNING', 'PAUSED', 'RUNNING', 'PAUSED', 'PAUSED', 'PENDING'];
  const liveCount = Math.min(30, Math.floor(count / 4));
  const starts = Array.from({ length: count }, (_, i) => (i < liveCount ? after(now, -random.int(5, 100) * minute) : workingTime(random.next, random.chance, now)));
  return starts.sort((a, b) => a.getTime() - b.getTime()).map((startedAt, number): RunPlan => {
    const fate = number >= count - liveCount ? (live[number % live.length] as Fate) : random.chance(0.86) ? 'COMPLETED' : random.chance(0.7) ? 'FAILED' : 'CANCELLED';
    return {
      id: makeId('WorkflowRun', startedAt), workflow: random.pick(workflows), startedAt, fate, number,
      factoryId: random.chance(0.3) ? random.pick(factories) : null, startedById: random.pick(people),
    };
  });
}

/** A moment of the history, most often on a weekday between 7 and 19 o'clock; early enough for a run to be over by now. */
function workingTime(next: () => number, chance: (probability: number) => boolean, now: Date): Date {
  for (;;) {
    const time = after(now, -(12 * hour + next() * (daysOfHistory - 0.5) * day));
    const weekend = time.getUTCDay() % 6 === 0;
    const night = time.getUTCHours() < 7 || time.getUTCHours() > 19;
    if (chance((weekend ? 0.25 : 1) * (night ? 0.15 : 1))) return time;
  }
}

/** Which runs were started by another, and by which: one in forty, by the run before it. */
function childrenOf(plans: readonly RunPlan[]): Map<number, number> {
  return new Map(plans.flatMap((_, i) => (i % 40 === 39 ? [[i, i - 1] as const] : [])));
}

/** A value for each argument that a definition's commands name. */
function argumentsOf(definition: string, value: string): Record<string, string> {
  return Object.fromEntries([...definition.matchAll(/{{args\.(\w+)}}/g)].map(([, name = '']) => [name, value]));
}

function runRow({ orgId }: Cast, plan: RunPlan, run: PlayedRun, total: Spent, origin: { parentRunId: string | null; branchedFromCheckpointId: string | null }): Row {
  const { id, workflow, startedAt, fate, number } = plan;
  const delegated = number % 9 === 4;
  return {
    id, orgId, createdAt: startedAt, updatedAt: run.endedAt ?? startedAt, workflowId: workflow.id, workflowVersionId: workflow.versionId, definition: workflow.definition,
    runType: delegated ? 'DELEGATED' : 'PRESCRIPTIVE', goal: delegated ? 'Bring the case to a decision' : null, status: fate, args: argumentsOf(workflow.definition, `case-${number}`),
    deadlineAt: delegated ? after(startedAt, 6 * hour) : null, guardrails: delegated ? { maxCostCents: 500, maxDurationMs: 6 * hour, maxHandoffs: 20 } : null, totalCostCents: cents(total.cost), totalTokens: total.inputTokens + total.outputTokens,
    pendingApprovals: run.pendingApprovals, pendingHumanInputs: run.pendingHumanInputs, gatewayId: workflow.gatewayId, deploymentId: workflow.deploymentId, startedById: plan.startedById, factoryId: plan.factoryId, ...origin,
    traceId: id.slice(4), failureSnapshot: run.failedStep ? { stepId: run.failedStep, code: 'TOOL_FAILED' } : null,
    startedAt: fate === 'PENDING' ? null : startedAt, completedAt: run.endedAt,
  };
}

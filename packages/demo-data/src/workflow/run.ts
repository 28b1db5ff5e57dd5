import { demoOutput } from './demo-output.ts';
import type { DemoAgent } from '../agents/agents.ts';
import { add, makeCalls, nothingSpent, type Call, type Spent } from '../analytics/calls.ts';
import type { Cast } from '../cast.ts';
import { cents } from '../money.ts';
import type { Period } from '../analytics/prices.ts';
import { after, hour, minute, type Row } from '../rows.ts';
import type { RunTables } from './run-rows.ts';
import type { DemoWorkflow, Step } from './workflows.ts';

/** How a run ends, or what it is doing at this moment. */
export type Fate = 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'RUNNING' | 'PAUSED' | 'PENDING';

/** What is settled about a run before its steps are. */
export interface RunPlan {
  readonly id: string;
  readonly workflow: DemoWorkflow;
  readonly startedAt: Date;
  readonly fate: Fate;
  readonly number: number;
  readonly factoryId: string | null;
  readonly startedById: string;
}

/** A run played through: its steps, what they left behind, and what it spent. */
export interface PlayedRun {
  readonly spent: Spent;
  readonly events: readonly Call[];
  readonly pendingApprovals: number;
  readonly pendingHumanInputs: number;
  readonly endedAt: Date | null;
  readonly failedStep: string | null;
  readonly checkpointIds: readonly string[];
}

/** Plays a run step by step as the interpreter would, up to its fate, and writes down what it leaves behind. */
export function playRun(cast: Cast, periods: readonly Period[], plan: RunPlan, tables: RunTables): PlayedRun {
  const { random, makeId, orgId, people, policies, channels } = cast;
  const { id: runId, workflow, fate } = plan;
  const spent = nothingSpent();
  const events: Call[] = [];
  const checkpointIds: string[] = [];
  const completed: string[] = [];
  const skipped: string[] = [];
  const live = fate === 'RUNNING' || fate === 'PAUSED';
  const last = fate === 'COMPLETED' ? workflow.steps.length : random.int(0, workflow.steps.length - 1);
  let time = after(plan.startedAt, random.int(300, 3_000));
  let sequence = 0;
  let previous: { step: Step; agent: DemoAgent } | undefined;
  let pendingApprovals = 0;
  let pendingHumanInputs = 0;
  if (fate === 'PENDING') return { spent, events, pendingApprovals, pendingHumanInputs, endedAt: null, failedStep: null, checkpointIds };

  const result = (step: Step, attempt: number, status: string, from: Date, durationMs: number | null, agent: DemoAgent, used: Spent, extra: Row = {}): string => {
    const stepResultId = makeId('StepResult', from);
    const done = !['PENDING', 'HELD', 'DISPATCHED', 'RUNNING', 'SKIPPED', 'CANCELLED'].includes(status);
    tables.stepResults.push({
      id: stepResultId, orgId, createdAt: from, updatedAt: from, runId, stepId: step.id, attempt, status, agentId: status === 'SKIPPED' ? null : agent.id, gatewayId: workflow.gatewayId,
      modelId: done ? agent.modelId : null, output: status === 'COMPLETED' ? { summary: `${step.id} is done`, confidence: random.int(70, 99) / 100, ...declared(step) } : null, error: null,
      role: step.role, command: step.command, inputs: {}, outputs: step.outputs ?? [], timeoutSeconds: step.timeout ?? 600, reserveCents: '10.0000000000',
      inputTokens: used.inputTokens, outputTokens: used.outputTokens, costCents: cents(used.cost), durationMs, metadata: attempt > 1 ? { retryOf: attempt - 1 } : null,
      startedAt: done || status === 'RUNNING' ? from : null, leaseExpiresAt: status === 'RUNNING' || status === 'DISPATCHED' ? after(cast.now, 24 * hour) : null, heldFor: null, completedAt: done && durationMs !== null ? after(from, durationMs) : null, ...extra,
    });
    return stepResultId;
  };

  const attempt = (step: Step, agent: DemoAgent, number: number, status: 'COMPLETED' | 'FAILED' | 'TIMED_OUT'): string => {
    const durationMs = status === 'TIMED_OUT' ? 10 * minute : random.int(4_000, 180_000);
    const stepResultId = makeId('StepResult', time);
    const calls = makeCalls(cast, periods, time, durationMs, { runId, stepId: step.id, stepResultId, workflowId: workflow.id, factoryId: plan.factoryId, agent });
    const error = status === 'COMPLETED' ? null : status === 'FAILED' ? { code: 'TOOL_FAILED', message: `${step.id}: the tool answered 502`, retryable: true } : { code: 'TIMEOUT', message: 'no answer within 600 s', retryable: true };
    result(step, number, status, time, durationMs, agent, calls.spent, { id: stepResultId, error });
    events.push(...calls.events);
    add(spent, calls.spent);
    for (const [type, share] of [['tool_call', 0.3], ['progress', 0.7]] as const) {
      const at = after(time, durationMs * share);
      tables.executionEvents.push({ id: makeId('ExecutionEvent', at), orgId, createdAt: at, runId, stepId: step.id, sequence: sequence++, type, payload: { step: step.id, percent: share * 100 }, occurredAt: at });
    }
    tables.stepThreads.push({ id: makeId('StepThread', time), orgId, createdAt: time, runId, stepId: step.id, threadId: `thread-${plan.number}-${step.id}-${number}`, agentId: agent.id, gatewayId: workflow.gatewayId });
    time = after(time, durationMs + random.int(200, 4_000));
    return stepResultId;
  };

  const declared = ({ outputs = [] }: Step) => Object.fromEntries(outputs.map((name) => [name, demoOutput(name, random.next)]));

  const approval = (step: Step, stepResultId: string | null, status: 'PENDING' | 'APPROVED' | 'REJECTED', source: string): void => {
    const waited = status === 'PENDING' ? 0 : random.int(1, live ? 3 : 50) * minute;
    tables.approvals.push({
      id: makeId('Approval', time), orgId, createdAt: time, updatedAt: time, runId, stepId: step.id, stepResultId, summary: `${step.id}: ${source === 'ESCALATION' ? 'failed twice' : 'needs a decision'}`, source,
      severity: random.pick(['NORMAL', 'NORMAL', 'ELEVATED', 'CRITICAL']), policyId: source === 'POLICY' ? random.pick(policies) : null, channelId: random.pick(channels), status, requestedAt: time,
      resolvedById: status === 'PENDING' ? null : random.pick(people), resolvedAt: status === 'PENDING' ? null : after(time, waited),
      comment: status === 'REJECTED' ? 'Not like this: the evidence does not carry it.' : status === 'APPROVED' && random.chance(0.3) ? 'Looks right.' : null, remindersSent: waited > hour ? 1 : 0,
    });
    time = after(time, waited);
  };

  const humanInput = (step: Step, status: 'PENDING' | 'ANSWERED' | 'EXPIRED' | 'CANCELLED'): void => {
    const answered = status === 'ANSWERED';
    tables.humanInputRequests.push({
      id: makeId('HumanInputRequest', time), orgId, createdAt: time, updatedAt: time, runId, stepId: step.id, prompt: `Which of the two readings of ${step.id} is meant?`,
      responseSchema: { type: 'object', required: ['choice'], properties: { choice: { enum: ['first', 'second'] } } }, status, response: answered ? { choice: random.pick(['first', 'second']) } : null,
      answeredById: answered ? random.pick(people) : null, expiresAt: after(time, 24 * hour), answeredAt: answered ? after(time, 5 * minute) : null,
    });
    if (answered) time = after(time, 5 * minute);
  };

  /** The event is on its way when the story ends: the platform delivers it when it starts. */
  const askForBudget = (stepResultId: string, agent: DemoAgent): void => {
    tables.eventOutbox.push({
      id: `demo-${stepResultId}`, orgId, subscriber: 'budget', type: 'workflow.reservation.requested', subject: runId, occurredAt: time, createdAt: time,
      payload: { stepResultId, runId, amountCents: '10', workflowId: workflow.id, factoryId: plan.factoryId, gatewayId: workflow.gatewayId, agentId: agent.id },
    });
  };

  for (const [index, step] of workflow.steps.entries()) {
    const agent = workflow.agents.get(step.role);
    if (!agent) throw new Error(`no agent fills the role ${step.role}`);
    // A live run is where it is at the end of the data, however far that is: a step takes no longer than this.
    if (index === last || (live && time > after(cast.now, -20 * minute))) {
      if (fate === 'RUNNING') {
        const status = random.pick(['RUNNING', 'DISPATCHED', 'PENDING', 'HELD']);
        const stepResultId = result(step, 1, status, time, null, agent, nothingSpent(), status === 'HELD' ? { heldFor: 'BUDGET' } : {});
        if (status === 'HELD') askForBudget(stepResultId, agent);
      }
      if (fate === 'PAUSED') {
        const asks = plan.number % 3 === 0;
        const held = result(step, 1, 'HELD', time, null, agent, nothingSpent(), { heldFor: asks ? 'HUMAN_INPUT' : 'APPROVAL' });
        if (asks) {
          humanInput(step, 'PENDING');
          pendingHumanInputs = 1;
        } else {
          approval(step, held, 'PENDING', plan.number % 2 ? 'WORKFLOW' : 'POLICY');
          pendingApprovals = 1;
        }
      }
      if (fate === 'CANCELLED') {
        result(step, 1, 'CANCELLED', time, null, agent, nothingSpent());
        if (random.chance(0.3)) humanInput(step, 'CANCELLED');
      }
      if (fate === 'FAILED') fail(step, agent);
      return { spent, events, pendingApprovals, pendingHumanInputs, endedAt: fate === 'FAILED' || fate === 'CANCELLED' ? time : null, failedStep: fate === 'FAILED' ? step.id : null, checkpointIds };
    }
    if (step.condition && random.chance(0.4)) {
      result(step, 1, 'SKIPPED', time, null, agent, nothingSpent());
      skipped.push(step.id);
      continue;
    }
    if (random.chance(0.02)) humanInput(step, random.chance(0.9) ? 'ANSWERED' : 'EXPIRED');
    const retried = step.on_failure?.startsWith('retry_once') && random.chance(0.06);
    if (retried) attempt(step, agent, 1, live || random.chance(0.8) ? 'FAILED' : 'TIMED_OUT');
    const stepResultId = attempt(step, agent, retried ? 2 : 1, 'COMPLETED');
    if (step.approval) approval(step, stepResultId, 'APPROVED', random.chance(0.2) ? 'POLICY' : 'WORKFLOW');
    if (previous && random.chance(0.35)) {
      tables.handoffs.push({
        id: makeId('Handoff', time), orgId, createdAt: time, runId, fromStepId: previous.step.id, toStepId: step.id, fromAgentId: previous.agent.id, toAgentId: agent.id,
        summary: `${previous.step.id} hands its findings to ${step.id}`, payload: { from: previous.step.id, findings: random.int(1, 9) },
      });
    }
    completed.push(step.id);
    previous = { step, agent };
    const checkpointId = makeId('WorkflowCheckpoint', time);
    checkpointIds.push(checkpointId);
    tables.workflowCheckpoints.push({
      id: checkpointId, orgId, createdAt: time, runId, sequence: checkpointIds.length, completedStepIds: [...completed], skippedStepIds: [...skipped], variables: { run: plan.number },
      accumulatedOutputs: Object.fromEntries(completed.map((done) => [done, 'done'])), variableOverwriteOrder: [...completed],
    });
    if (index === workflow.steps.length - 1 || random.chance(0.05)) {
      tables.runArtifacts.push({
        id: makeId('RunArtifact', time), orgId, createdAt: time, runId, stepId: step.id, name: `${step.id}.md`, mimeType: 'text/markdown', sizeBytes: random.int(800, 90_000),
        sha256: Array.from({ length: 64 }, () => random.int(0, 15).toString(16)).join(''), storageKey: `runs/${runId}/${step.id}.md`, agentId: agent.id,
      });
    }
  }
  return { spent, events, pendingApprovals, pendingHumanInputs, endedAt: time, failedStep: null, checkpointIds };

  function fail(step: Step, agent: DemoAgent): void {
    const first = attempt(step, agent, 1, random.chance(0.8) ? 'FAILED' : 'TIMED_OUT');
    const final = step.on_failure?.startsWith('retry_once') ? attempt(step, agent, 2, 'FAILED') : first;
    if (step.on_failure === 'retry_once_then_escalate' || step.approval) approval(step, final, 'REJECTED', step.approval ? 'WORKFLOW' : 'ESCALATION');
  }
}

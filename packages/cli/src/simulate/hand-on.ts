import type { Random } from '@forge/demo-data';
import { stepsOf } from './definition.ts';
import type { Graph } from './graph.ts';

/** What is handed on, as `StepHandoffInput` takes it. */
export interface Handoff {
  readonly toStepId: string;
  readonly summary: string;
  readonly payload: object;
}

interface Run {
  readonly runType: 'PRESCRIPTIVE' | 'DELEGATED';
  readonly definition: string;
  readonly handoffs: { readonly totalCount: number };
  readonly stepResults: { readonly nodes: readonly { readonly stepId: string; readonly status: string }[] };
}

/** In a DELEGATED run somebody has to stop. */
const mostHandoffs = 5;

/**
 * To whom a step that is done hands its work. In a DELEGATED run this says what comes next: something that has not been done and
 * for which all is there; nothing once it has gone on for a while. In others it is a courtesy, now and then, to a step that waits for it.
 */
export async function handOn(graph: Graph, random: Random, runType: string, runId: string, stepId: string): Promise<Handoff[]> {
  if (runType !== 'DELEGATED' && !random.chance(0.1)) return [];
  const { workflowRun: run } = await graph.ask<{ workflowRun: Run | null }>(query, { runId });
  if (!run) return [];
  const next = runType === 'DELEGATED' ? nextOf(run, stepId, random) : waitingFor(stepId, run, random);
  return next === undefined ? [] : [{ toStepId: next, summary: `${stepId} hands its findings to ${next}`, payload: { from: stepId, findings: random.int(1, 9) } }];
}

const query = `query ($runId: ID!) {
  workflowRun(id: $runId) { runType definition handoffs(first: 1) { totalCount } stepResults(first: 100) { nodes { stepId status } } }
}`;

function nextOf({ definition, handoffs, stepResults }: Run, stepId: string, random: Random): string | undefined {
  if (handoffs.totalCount >= mostHandoffs || random.chance(0.1)) return undefined;
  const begun = new Set(stepResults.nodes.map((each) => each.stepId));
  const done = new Set([stepId, ...stepResults.nodes.filter(({ status }) => status === 'COMPLETED').map((each) => each.stepId)]);
  return stepsOf(definition).find(({ id, depends_on: needs = [] }) => !begun.has(id) && needs.every((other) => done.has(other)))?.id;
}

function waitingFor(stepId: string, { definition }: Run, random: Random): string | undefined {
  const waiting = stepsOf(definition).filter(({ depends_on: needs = [] }) => needs.includes(stepId));
  return waiting.length > 0 ? random.pick(waiting).id : undefined;
}

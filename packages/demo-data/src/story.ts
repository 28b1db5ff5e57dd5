import { makeAgents, type DemoAgent } from './agents/agents.ts';
import type { Call } from './analytics/calls.ts';
import { createCast, type Cast, type Organisation } from './cast.ts';
import { makePrices, type Period } from './analytics/prices.ts';
import type { RunTables } from './workflow/run-rows.ts';
import type { Row, Tables } from './rows.ts';
import { makeRuns } from './workflow/runs.ts';
import { makeWorkflows, type DemoWorkflow } from './workflow/workflows.ts';

/** What an organisation has done: what the rows of the other domains tell of. */
export interface Story {
  readonly cast: Cast;
  readonly agents: readonly DemoAgent[];
  readonly definitionIds: readonly string[];
  readonly workflows: readonly DemoWorkflow[];
  readonly prices: readonly Period[];
  /** Rows of `workflowRuns`, oldest first. */
  readonly runs: readonly Row[];
  /** Rows of `stepResults`. */
  readonly stepResults: readonly Row[];
  /** Rows of `tokenEvents`, in the order of their time. */
  readonly calls: readonly Call[];
  /** The rows of the domains that the story is made of. */
  readonly agentTables: Tables;
  readonly workflowBatches: readonly Tables[];
}

export function tellStory(now: Date, organisation: Organisation, runCount: number): Story {
  const cast = createCast(now, organisation);
  const { tables: agentTables, agents, definitionIds } = makeAgents(cast);
  const { tables: workflowTables, workflows } = makeWorkflows(cast, agents);
  const prices = makePrices(cast);
  const { batches, calls } = makeRuns(cast, prices, workflows, runCount);
  const all = (table: keyof RunTables) => batches.flatMap((batch) => batch[table]);
  return {
    cast, agents, definitionIds, workflows, prices, agentTables,
    runs: all('workflowRuns').toSorted((a, b) => timeOf(a) - timeOf(b)),
    stepResults: all('stepResults'),
    // Runs overlap; aggregates count a run where its first call is.
    calls: calls.toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime()),
    workflowBatches: [workflowTables, ...batches],
  };
}

function timeOf(row: Row): number {
  return (row['createdAt'] as Date).getTime();
}

import { makeAgents } from './agents.ts';
import { makeAggregates } from './aggregates.ts';
import { createCast } from './cast.ts';
import { makePrices } from './prices.ts';
import type { Tables } from './rows.ts';
import { makeRuns } from './runs.ts';
import { makeWorkflows } from './workflows.ts';

/** What the demo organisation has in each domain: batches of tables, in an order in which no row refers to a later one. */
export type DemoData = Readonly<Record<string, readonly Tables[]>>;

/** The demo organisation with `runs` runs, as it is at `now`: the same for the same arguments, on any machine. */
export function makeDemoData(now: Date, runs: number): DemoData {
  const cast = createCast(now);
  const { tables: agentTables, agents } = makeAgents(cast);
  const { tables: workflowTables, workflows } = makeWorkflows(cast, agents);
  const prices = makePrices(cast);
  const { batches, calls } = makeRuns(cast, prices, workflows, runs);
  // Runs overlap; aggregates count a run where its first call is.
  const inOrder = calls.toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime());
  return {
    agents: [agentTables],
    workflow: [workflowTables, ...batches],
    analytics: [{ priceHistory: prices, tokenEvents: inOrder, costAggregates: makeAggregates(cast, inOrder) }],
  };
}

import { makeAggregates } from './analytics/aggregates.ts';
import { makeBudget } from './budget/budget.ts';
import { organisations, type Organisation } from './cast.ts';
import { makeChat } from './chat/chat.ts';
import { makeFactories } from './factories/factories.ts';
import { makeGateways } from './gateways/gateways.ts';
import { makeGovernance } from './governance/governance.ts';
import { makeRegistries } from './registries/registries.ts';
import { makeSteps } from './registries/steps.ts';
import type { Tables } from './rows.ts';
import { tellStory, type Story } from './story.ts';
import { makeWorkforce } from './workforce/workforce.ts';

/** What there is in each domain: batches of tables, in an order in which no row refers to a later one. */
export type DemoData = Readonly<Record<string, readonly Tables[]>>;

const domains: Readonly<Record<string, (story: Story) => readonly Tables[]>> = {
  agents: ({ agentTables }) => [agentTables],
  analytics: ({ cast, prices, calls }) => [{ priceHistory: prices, tokenEvents: calls, ...makeAggregates(cast, calls) }],
  budget: (story) => [makeBudget(story)],
  chat: (story) => [makeChat(story)],
  factories: (story) => [makeFactories(story)],
  gateways: (story) => [makeGateways(story)],
  governance: (story) => [makeGovernance(story)],
  registries: (story) => [makeRegistries(story)],
  workflow: (story) => [heardByWorkflow(story), ...story.workflowBatches],
  workforce: (story) => [makeWorkforce(story)],
};

/**
 * The demo organisations as they are at `now`, the same for the same arguments on any machine: the first with `runs`
 * runs, the second with a tenth of them.
 */
export function makeDemoData(now: Date, runs: number, of: readonly Organisation[] = organisations): DemoData {
  const stories = of.map((organisation, i) => tellStory(now, organisation, Math.ceil(runs / 10 ** i)));
  return Object.fromEntries(Object.entries(domains).map(([domain, make]) => [domain, stories.flatMap(make)]));
}

/** What the workflow domain knows of others' rows, as their events would have told it. */
function heardByWorkflow(story: Story): Tables {
  const { cast, agentTables } = story;
  const { orgId, now } = cast;
  return {
    knownAgents: (agentTables['agentRegistry'] ?? []).map(({ id: agentId, gatewayId, status, maxConcurrency }) => ({ orgId, agentId, gatewayId, status, maxConcurrency, changedAt: now, updatedAt: now })),
    knownLibrarySteps: (makeSteps(cast)['stepLibrary'] ?? []).map(({ name, definition }) => ({ orgId, name, definition, changedAt: now, updatedAt: now })),
  };
}

import type { Charge } from './charges.ts';
import { teamOfFactory } from '../factories/cast.ts';
import { after, minute } from '../rows.ts';
import type { Story } from '../story.ts';

export type BudgetPeriod = 'DAILY' | 'WEEKLY' | 'MONTHLY';

/** A budget before anything was spent from it. */
export interface Envelope {
  readonly id: string;
  readonly createdAt: Date;
  readonly name: string;
  readonly scopeType: string;
  readonly scopeId: string | null;
  readonly period: BudgetPeriod;
  readonly hardLimit: boolean;
  readonly enabled: boolean;
  readonly alertThresholds: readonly number[];
  readonly ownerId: string | null;
  /** How much of the amount is used at the end of the data, where the limit leaves room for it. */
  readonly usedPercent: bigint;
  /** Settled call by call, not step by step. */
  readonly byCall: boolean;
  /** Which envelopes it draws from, by number. */
  readonly parents: readonly number[];
  /** Whether a charge falls under it. */
  readonly covers: (charge: Charge) => boolean;
}

type Plan = Pick<Envelope, 'name' | 'scopeType' | 'scopeId' | 'period' | 'parents' | 'covers'> & Partial<Envelope>;

/** One for each budget of the cast: for everything, each gateway and factory, some agents, workflows and teams. */
export function makeEnvelopes(story: Story): Envelope[] {
  const { cast } = story;
  return plansOf(story).map((plan, i): Envelope => ({
    // What stops work is narrow, and has room: the rest warns.
    hardLimit: plan.scopeType === 'FACTORY' || plan.scopeType === 'TEAM', enabled: true, alertThresholds: i % 5 === 4 ? [60, 90] : [50, 80, 100], usedPercent: [85n, 112n, 64n, 93n, 48n][i % 5] ?? 85n,
    byCall: plan.scopeType === 'AGENT', ownerId: i % 6 === 5 ? null : (cast.people[i * 3] as string), ...plan, id: cast.budgets[i] as string,
    createdAt: after(cast.founded, i * minute),
  }));
}

function plansOf({ cast, calls, agents, workflows }: Story): Plan[] {
  const newestFirst = calls.toReversed();
  const busyAgents = firstOf(3, [...newestFirst.map(({ agentId }) => agentId), ...agents.map(({ id }) => id)]);
  const busyWorkflows = firstOf(2, [...newestFirst.map(({ workflowId }) => workflowId), ...workflows.map(({ id }) => id)]);
  const everything = (name: string, period: BudgetPeriod): Plan => ({ name, scopeType: 'GLOBAL', scopeId: null, period, parents: [], covers: () => true });
  const agent = (i: number, period: BudgetPeriod, parent: number): Plan => ({
    name: `Agent ${i + 1}, ${period.toLowerCase()}`, scopeType: 'AGENT', scopeId: busyAgents[i] as string, period, parents: [parent], covers: ({ agentId }) => agentId === busyAgents[i],
  });
  const workflow = (i: number, period: BudgetPeriod, parent: number): Plan => ({
    name: `Workflow ${i + 1}, ${period.toLowerCase()}`, scopeType: 'WORKFLOW', scopeId: busyWorkflows[i] as string, period, parents: [parent],
    covers: ({ workflowId }) => workflowId === busyWorkflows[i],
  });
  const team = (i: number, period: BudgetPeriod, parent: number): Plan => ({
    name: `Factories of team ${i + 1}, ${period.toLowerCase()}`, scopeType: 'TEAM', scopeId: teamOfFactory(cast, i), period, parents: [parent],
    covers: ({ factoryId }) => factoryId !== null && factoryId === cast.factories[i],
  });
  return [
    everything('All LLM costs, monthly', 'MONTHLY'), everything('All LLM costs, weekly', 'WEEKLY'), everything('All LLM costs, daily', 'DAILY'),
    ...cast.gateways.map((id, i): Plan => ({ name: `Gateway ${i + 1}`, scopeType: 'GATEWAY', scopeId: id, period: 'MONTHLY', parents: [0], covers: ({ gatewayId }) => gatewayId === id })),
    ...cast.factories.map((id, i): Plan => ({
      // The first factory draws from its team's budget, which draws from everybody's.
      name: `Factory ${i + 1}`, scopeType: 'FACTORY', scopeId: id, period: 'MONTHLY', parents: [i === 0 ? 18 : 0], covers: ({ factoryId }) => factoryId === id,
    })),
    agent(0, 'MONTHLY', 0), agent(1, 'WEEKLY', 1), agent(2, 'DAILY', 2),
    workflow(0, 'MONTHLY', 0), workflow(1, 'WEEKLY', 1),
    team(0, 'MONTHLY', 0), { ...team(1, 'WEEKLY', 1), enabled: false },
  ];
}

function firstOf(count: number, ids: readonly string[]): string[] {
  return [...new Set(ids)].slice(0, count);
}

import type { CostAggregateScopeType } from '../generated/graphql.ts';
import type { StoredCall } from '../token-event/insert-priced.ts';

interface Scope {
  readonly scopeType: CostAggregateScopeType;
  /** Null for GLOBAL. */
  readonly scopeId: string | null;
}

interface Figures {
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  thinkingTokens: number;
  eventCount: number;
  successCount: number;
  failureCount: number;
}

/** What calls of one scope in one hour add up to; which runs count is for `firstCalls` to say. */
export interface HourSum extends Scope, Readonly<Figures> {
  readonly hour: Date;
  readonly costCents: string;
  readonly runCount: 0;
}

/** The first call of a run in a scope, as far as these calls tell. */
export interface FirstCall extends Scope {
  readonly runId: string;
  readonly firstAt: Date;
}

/** The sums of calls in every scope and hour, and where each run comes first in a scope. */
export function sumUp(calls: readonly StoredCall[]): { sums: HourSum[]; firstCalls: FirstCall[] } {
  const sums = new Map<string, Sum & Scope>();
  const firstCalls = new Map<string, FirstCall>();
  for (const group of alike(calls)) {
    for (const { scopeType, scopeId } of group.scopes) {
      const scope = `${scopeType} ${scopeId ?? ''}`;
      const sum = sums.get(`${scope} ${group.hour}`);
      if (sum) add(sum, group);
      else sums.set(`${scope} ${group.hour}`, { ...group, scopeType, scopeId });

      const { runId, firstAt } = group;
      const first = firstCalls.get(`${scope} ${runId ?? ''}`);
      if (runId !== null && (!first || firstAt < first.firstAt)) firstCalls.set(`${scope} ${runId}`, { scopeType, scopeId, runId, firstAt });
    }
  }
  const ofHour = ({ scopes: _, runId: __, firstAt: ___, hour, cost, ...sum }: Sum & Scope): HourSum => ({ ...sum, hour: new Date(hour), costCents: centsOf(cost), runCount: 0 });
  return { sums: [...sums.values()].map(ofHour), firstCalls: [...firstCalls.values()] };
}

interface Sum extends Figures {
  /** Of the hour's start, in milliseconds. */
  readonly hour: number;
  readonly runId: string | null;
  readonly scopes: readonly Scope[];
  firstAt: Date;
  /** In units of 10^-10 cents. */
  cost: bigint;
}

/** Calls of one hour and run that are in the same scopes, added up first: a batch has few such groups as a rule. */
function alike(calls: readonly StoredCall[]): Iterable<Sum> {
  const groups = new Map<string, Sum>();
  for (const { occurredAt: firstAt, runId, succeeded, costCents, inputTokens, outputTokens, cachedInputTokens, thinkingTokens, ...call } of calls) {
    const hour = Math.floor(firstAt.getTime() / 3_600_000) * 3_600_000;
    const key = [hour, runId, call.workflowId, call.agentId, call.gatewayId, call.modelId, call.workerId, call.factoryId].join();
    const group = groups.get(key) ?? { hour, runId, scopes: scopesOf(call), firstAt, cost: 0n, ...nothing };
    groups.set(key, group);
    const counts = { eventCount: 1, successCount: succeeded ? 1 : 0, failureCount: succeeded ? 0 : 1 };
    add(group, { firstAt, cost: unitsOf(costCents), inputTokens, outputTokens, cachedInputTokens, thinkingTokens, ...counts });
  }
  return groups.values();
}

const nothing: Figures = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, thinkingTokens: 0, eventCount: 0, successCount: 0, failureCount: 0 };

function scopesOf(call: Pick<StoredCall, 'workflowId' | 'agentId' | 'gatewayId' | 'modelId' | 'workerId' | 'factoryId'>): Scope[] {
  const named: Scope[] = [
    { scopeType: 'WORKFLOW', scopeId: call.workflowId },
    { scopeType: 'AGENT', scopeId: call.agentId },
    { scopeType: 'GATEWAY', scopeId: call.gatewayId },
    { scopeType: 'MODEL', scopeId: call.modelId },
    { scopeType: 'WORKER', scopeId: call.workerId },
    { scopeType: 'FACTORY', scopeId: call.factoryId },
  ];
  return [{ scopeType: 'GLOBAL', scopeId: null }, ...named.filter(({ scopeId }) => scopeId !== null)];
}

function add(to: Figures & Pick<Sum, 'cost' | 'firstAt'>, more: Figures & Pick<Sum, 'cost' | 'firstAt'>): void {
  to.inputTokens += more.inputTokens;
  to.outputTokens += more.outputTokens;
  to.cachedInputTokens += more.cachedInputTokens;
  to.thinkingTokens += more.thinkingTokens;
  to.eventCount += more.eventCount;
  to.successCount += more.successCount;
  to.failureCount += more.failureCount;
  to.cost += more.cost;
  if (more.firstAt < to.firstAt) to.firstAt = more.firstAt;
}

const places = 10;

function unitsOf(cents: string): bigint {
  const [whole = '', fraction = ''] = cents.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}

function centsOf(units: bigint): string {
  const digits = units.toString().padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

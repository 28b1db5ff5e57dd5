import type { DemoAgent } from '../agents/agents.ts';
import type { Cast } from '../cast.ts';
import { cents, costOf, type Usage } from '../money.ts';
import type { Period } from './prices.ts';
import { priceInForce } from './prices.ts';
import { after, type Row } from '../rows.ts';

/** What LLM calls have used, added up. */
export interface Spent {
  inputTokens: number;
  outputTokens: number;
  /** In units of 10^-10 cents. */
  cost: bigint;
}

export function nothingSpent(): Spent {
  return { inputTokens: 0, outputTokens: 0, cost: 0n };
}

export function add(to: Spent, spent: Spent): void {
  to.inputTokens += spent.inputTokens;
  to.outputTokens += spent.outputTokens;
  to.cost += spent.cost;
}

/** One LLM call, as its row of `tokenEvents`. */
export interface Call extends Row, Usage {
  readonly id: string;
  readonly runId: string;
  readonly stepResultId: string;
  readonly agentId: string;
  readonly workerId: string;
  readonly workflowId: string;
  readonly factoryId: string | null;
  readonly gatewayId: string;
  readonly modelId: string;
  readonly thinkingTokens: number;
  readonly costCents: string;
  readonly succeeded: boolean;
  readonly occurredAt: Date;
}

/** Whom the calls of a step are attributed to. */
export interface Attribution {
  readonly runId: string;
  readonly stepId: string;
  readonly stepResultId: string;
  readonly workflowId: string;
  readonly factoryId: string | null;
  readonly agent: DemoAgent;
}

/** The LLM calls of one attempt of a step, spread over its time, priced by the rate in force; and their sum. */
export function makeCalls(cast: Cast, periods: readonly Period[], from: Date, durationMs: number, to: Attribution): { events: Call[]; spent: Spent } {
  const { random, makeId, orgId, models } = cast;
  const model = models.find(({ id }) => id === to.agent.modelId);
  if (!model) throw new Error(`agent ${to.agent.id} uses a model that nobody knows`);
  const spent = nothingSpent();
  const count = random.int(4, 14);
  const events = Array.from({ length: count }, (_, i): Call => {
    const occurredAt = after(from, (durationMs * (i + 0.5 + random.next() * 0.4)) / count);
    const inputTokens = random.int(300, 2_400) * random.int(1, 8);
    const outputTokens = random.int(40, 900);
    const cachedInputTokens = i === 0 || random.chance(0.3) ? 0 : Math.floor(inputTokens * random.next() * 0.8);
    const price = priceInForce(periods, model.id, to.agent.gatewayId, occurredAt);
    const cost = costOf({ inputTokens, outputTokens, cachedInputTokens }, price);
    add(spent, { inputTokens, outputTokens, cost });
    const id = makeId('TokenEvent', occurredAt);
    return {
      id, orgId, createdAt: occurredAt, runId: to.runId, stepId: to.stepId, stepResultId: to.stepResultId, agentId: to.agent.id, workerId: to.agent.workerId,
      workflowId: to.workflowId, factoryId: to.factoryId, gatewayId: to.agent.gatewayId, modelId: model.id, priceId: price.id, inputTokens, outputTokens, cachedInputTokens,
      thinkingTokens: model.reasoning ? Math.floor(outputTokens * random.next() * 0.6) : 0, costCents: cents(cost), succeeded: !random.chance(0.02), occurredAt, idempotencyKey: `demo-${id}`,
    };
  });
  return { events, spent };
}

import { z } from 'zod';

// Every event that crosses from one domain to another: who tells it, who hears it, and what it says. Receivers take events in
// any order and more than once, so each says what is, or carries the key by which it counts once.

const id = z.string();
const optionalId = z.string().nullable();
/** US cents, exact. */
const cents = z.string();

/** What an LLM call is counted under. */
const scope = {
  runId: optionalId, stepResultId: optionalId, agentId: optionalId, workerId: optionalId, workflowId: optionalId, factoryId: optionalId, gatewayId: optionalId,
};

const reservationRequested = z.object({
  /** The attempt the money is for; it names the reservation too. */
  stepResultId: id, runId: id, amountCents: cents, workflowId: id, factoryId: optionalId, gatewayId: optionalId, agentId: optionalId,
});

const reservationAnswered = z.object({
  stepResultId: id, runId: id, granted: z.boolean(),
  /** For people: which budget is the tightest, and what it has left; null when granted. */
  reason: z.string().nullable(),
});

const attemptEnded = z.object({
  ...scope, stepResultId: id, runId: id, stepId: z.string(),
  calls: z.array(z.object({
    idempotencyKey: z.string(), modelId: id, inputTokens: z.int(), outputTokens: z.int(), cachedInputTokens: z.int(), thinkingTokens: z.int(),
    succeeded: z.boolean(), occurredAt: z.iso.datetime(),
  })),
});

const costsRecorded = z.object({
  calls: z.array(z.object({ ...scope, tokenEventId: id, inputTokens: z.int(), outputTokens: z.int(), costCents: cents, occurredAt: z.iso.datetime() })),
  /** The attempt that has come to its end with these calls, so that nothing more is reserved for it; null when calls alone are told of. */
  endedStepResultId: optionalId,
});

const agentChanged = z.object({ agentId: id, gatewayId: id, status: z.enum(['ACTIVE', 'PAUSED', 'ERROR', 'TERMINATED']), maxConcurrency: z.int() });

const libraryStepChanged = z.object({
  name: z.string(),
  /** The step's defaults; null when the step is no more. */
  definition: z.record(z.string(), z.unknown()).nullable(),
});

const platformEventOccurred = z.object({
  type: z.string(), severity: z.enum(['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']), displayLabel: z.string().nullable(), payload: z.record(z.string(), z.unknown()),
  runId: optionalId, agentId: optionalId, gatewayId: optionalId,
});

/** By type: the schema of `data` and the domains that hear of it. The type's first word is the domain that tells it, or `platform` for any. */
export const eventTypes = {
  /** A step is ready and waits for its money. */
  'workflow.reservation.requested': { data: reservationRequested, subscribers: ['budget'] },
  /** Whether the budgets cover an attempt. */
  'budget.reservation.answered': { data: reservationAnswered, subscribers: ['workflow'] },
  /** An attempt is over, however it ended, and made these LLM calls. */
  'workflow.attempt.ended': { data: attemptEnded, subscribers: ['analytics'] },
  /** LLM calls have been priced and stored; each is told of once. */
  'analytics.costs.recorded': { data: costsRecorded, subscribers: ['workflow', 'budget', 'factories'] },
  /** An agent as it is now. */
  'agents.agent.changed': { data: agentChanged, subscribers: ['workflow'] },
  /** A reusable step as it is now. */
  'registries.library-step.changed': { data: libraryStepChanged, subscribers: ['workflow'] },
  /** Something that operators want to know; governance keeps it. */
  'platform.event.occurred': { data: platformEventOccurred, subscribers: ['governance'] },
} as const;

export type EventType = keyof typeof eventTypes;

/** What an event of type `T` says. */
export type EventData<T extends EventType> = z.output<(typeof eventTypes)[T]['data']>;

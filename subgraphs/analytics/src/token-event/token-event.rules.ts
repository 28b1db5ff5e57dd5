import { idOf, text } from '@forge/subgraph-kit';
import { z } from 'zod';

const maxEvents = 1_000;
const maxAgeDays = 90;
const maxAheadMinutes = 5;

const count = z.int().min(0, 'must not be negative');

/** The rules of a batch that arrives at `now`. */
export function recordTokenEventsRules(now: Date) {
  const earliest = new Date(now.getTime() - maxAgeDays * 86_400_000);
  const latest = new Date(now.getTime() + maxAheadMinutes * 60_000);
  const event = z
    .object({
      idempotencyKey: text(1, 200),
      occurredAt: z.date()
        .refine((at) => at >= earliest, `lies more than ${maxAgeDays} days back`)
        .refine((at) => at <= latest, `lies more than ${maxAheadMinutes} minutes ahead`),
      modelId: idOf('Model'),
      inputTokens: count,
      outputTokens: count,
      cachedInputTokens: count,
      thinkingTokens: count,
      succeeded: z.boolean(),
      runId: idOf('WorkflowRun').nullable().default(null),
      stepId: text(1, 100).nullable().default(null),
      stepResultId: idOf('StepResult').nullable().default(null),
      agentId: idOf('Agent').nullable().default(null),
      workerId: idOf('Worker').nullable().default(null),
      workflowId: idOf('Workflow').nullable().default(null),
      factoryId: idOf('Factory').nullable().default(null),
      gatewayId: idOf('Gateway').nullable().default(null),
    })
    .refine((e) => e.inputTokens < 0 || e.cachedInputTokens <= e.inputTokens, { path: ['cachedInputTokens'], error: 'is more than inputTokens, of which it is a part' })
    .refine((e) => e.outputTokens < 0 || e.thinkingTokens <= e.outputTokens, { path: ['thinkingTokens'], error: 'is more than outputTokens, of which it is a part' });

  return z.object({
    events: z.array(event)
      .min(1, 'needs at least one event')
      .max(maxEvents, `has more than ${maxEvents} events; send them in several batches`)
      .superRefine((events, issues) => {
        const seen = new Set<string>();
        for (const [i, { idempotencyKey }] of events.entries()) {
          if (seen.has(idempotencyKey)) issues.addIssue({ code: 'custom', path: [i, 'idempotencyKey'], message: 'is in the batch twice' });
          seen.add(idempotencyKey);
        }
      }),
  });
}

export type TokenEventData = z.output<ReturnType<typeof recordTokenEventsRules>>['events'][number];

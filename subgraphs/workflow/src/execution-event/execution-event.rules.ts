import { idOf, json, text } from '@forge/subgraph-kit';
import { z } from 'zod';

const maxEvents = 1_000;
const maxAgeDays = 90;
const maxAheadMinutes = 5;

/** The rules of a batch that arrives at `now`. */
export function recordExecutionEventsRules(now: Date) {
  const earliest = new Date(now.getTime() - maxAgeDays * 86_400_000);
  const latest = new Date(now.getTime() + maxAheadMinutes * 60_000);
  const event = z.object({
    stepId: text(1, 100).nullable().default(null),
    sequence: z.string().transform(BigInt).refine((sequence) => sequence >= 0n && sequence < 2n ** 63n, 'must be from 0 to 9223372036854775807'),
    type: text(1, 100),
    payload: json(100_000),
    occurredAt: z.date()
      .refine((at) => at >= earliest, `lies more than ${maxAgeDays} days back`)
      .refine((at) => at <= latest, `lies more than ${maxAheadMinutes} minutes ahead`),
  });

  return z.object({
    runId: idOf('WorkflowRun'),
    events: z.array(event)
      .min(1, 'needs at least one event')
      .max(maxEvents, `has more than ${maxEvents} events; send them in several batches`)
      .superRefine((events, issues) => {
        const seen = new Set<bigint>();
        for (const [i, { sequence }] of events.entries()) {
          if (seen.has(sequence)) issues.addIssue({ code: 'custom', path: [i, 'sequence'], message: 'is in the batch twice' });
          seen.add(sequence);
        }
      }),
  });
}

export type ExecutionEventData = z.output<ReturnType<typeof recordExecutionEventsRules>>['events'][number];

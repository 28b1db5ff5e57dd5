import { idOf, listOf, newId, text } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { Attempt } from '../engine/attempts.ts';
import type { LockedRun, Tx } from '../engine/run.ts';
import { fileRules } from '../run-artifact/run-artifact.rules.ts';

const count = z.int().min(0, 'must not be negative');
const dayInMilliseconds = 24 * 3600 * 1000;
const minuteInMilliseconds = 60_000;

const usage = (now: Date) => z
  .object({
    // A thousand of them must fit into one event.
    idempotencyKey: text(1, 200).refine((key) => key.isWellFormed() && !/\p{Cc}/u.test(key), 'must be text without control characters'),
    occurredAt: z.date()
      .refine((at) => at.getTime() >= now.getTime() - 30 * dayInMilliseconds, 'is more than 30 days back')
      .refine((at) => at.getTime() <= now.getTime() + 5 * minuteInMilliseconds, 'is more than 5 minutes ahead'),
    modelId: idOf('Model'), inputTokens: count, outputTokens: count, cachedInputTokens: count, thinkingTokens: count, succeeded: z.boolean(),
  })
  .refine((call) => call.cachedInputTokens <= call.inputTokens, { path: ['cachedInputTokens'], error: 'is more than inputTokens, of which it is a part' })
  .refine((call) => call.thinkingTokens <= call.outputTokens, { path: ['thinkingTokens'], error: 'is more than outputTokens, of which it is a part' })
  .transform(({ occurredAt, ...call }) => ({ ...call, occurredAt: occurredAt.toISOString() }));

const artifact = z.object(fileRules);

/** What the end of an attempt brings, however it ended. */
export const endingRules = (now: Date) => ({
  usage: listOf(usage(now), 1_000).superRefine((calls, issues) => {
    const seen = new Set<string>();
    for (const [i, { idempotencyKey }] of calls.entries()) {
      if (seen.has(idempotencyKey)) issues.addIssue({ code: 'custom', path: [i, 'idempotencyKey'], message: 'is in the list already' });
      seen.add(idempotencyKey);
    }
  }),
  artifacts: listOf(artifact, 100),
});

/** Notes the files that an attempt has made. */
export async function insertArtifacts(tx: Tx, { orgId, id: runId }: LockedRun, { stepId, agentId }: Attempt, artifacts: readonly z.output<typeof artifact>[], now: Date): Promise<void> {
  if (artifacts.length === 0) return;
  await tx.runArtifact.createMany({ data: artifacts.map((each) => ({ ...each, id: newId('RunArtifact', now), orgId, runId, stepId, agentId, createdAt: now })) });
}

import { demoOutput, type Random } from '@forge/demo-data';
import { createHash } from 'node:crypto';

/** An LLM call, as `StepUsageInput` takes it. */
export interface Usage {
  readonly idempotencyKey: string;
  readonly occurredAt: string;
  readonly modelId: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens: number;
  readonly thinkingTokens: number;
  readonly succeeded: boolean;
}

/** One to five calls between two moments, of such sizes as agents make. */
export function makeUsage(random: Random, key: string, modelId: string, from: Date, to: Date): Usage[] {
  const calls = random.int(1, 5);
  return Array.from({ length: calls }, (_, i) => {
    const inputTokens = random.int(200, 1_500) * random.int(1, 4);
    const outputTokens = random.int(40, 700);
    return {
      idempotencyKey: `${key}:call-${i + 1}`, occurredAt: new Date(from.getTime() + ((to.getTime() - from.getTime()) * (i + 1)) / calls).toISOString(), modelId, inputTokens, outputTokens,
      cachedInputTokens: i === 0 || random.chance(0.3) ? 0 : Math.floor(inputTokens * random.next() * 0.8),
      thinkingTokens: random.chance(0.3) ? Math.floor(outputTokens * random.next() * 0.6) : 0, succeeded: !random.chance(0.02),
    };
  });
}

/** A value for each output that the step declares, and a word about it. */
export function makeOutput(random: Random, stepId: string, outputs: readonly string[]): object {
  return { summary: `${stepId} is done`, ...Object.fromEntries(outputs.map((name) => [name, demoOutput(name, random.next)])) };
}

/** Now and then a file. */
export function makeArtifacts(random: Random, runId: string, stepId: string): object[] {
  if (!random.chance(0.15)) return [];
  const text = `${runId} ${stepId} ${random.next()}`;
  return [{
    name: `${stepId}.md`, mimeType: 'text/markdown', sizeBytes: String(random.int(800, 90_000)), sha256: createHash('sha256').update(text).digest('hex'), storageKey: `simulated/${runId}/${stepId}.md`,
  }];
}

const errors = [
  { code: 'TOOL_FAILED', message: 'the tool answered 502', retryable: true },
  { code: 'MODEL_REFUSED', message: 'the model would not do it', retryable: true },
  { code: 'INPUT_UNUSABLE', message: 'what was given cannot be read', retryable: false },
] as const;

export function makeError(random: Random): object {
  return random.pick(errors);
}

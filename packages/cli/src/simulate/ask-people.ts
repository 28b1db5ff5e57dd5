import type { Attempt, UserError } from './attempt.ts';
import { pause } from './pause.ts';
import { count } from './tally.ts';
import type { Worker } from './work-on.ts';

const questions = [
  { prompt: 'Which of the two readings is meant?', responseSchema: { type: 'object', required: ['choice'], properties: { choice: { enum: ['first', 'second'] } }, additionalProperties: false } },
  { prompt: 'How many of them should be looked at?', responseSchema: { type: 'integer', minimum: 1, maximum: 20 } },
  { prompt: 'Is there anything else to know?', responseSchema: { type: 'string', minLength: 1, maxLength: 500 } },
] as const;

/** Asks people in the middle of a step, and waits for what they say. False when the attempt is not to go on. */
export async function askPeople({ graph, random, tally, runtimeId, manner, signal }: Worker, { id: stepResultId }: Attempt): Promise<boolean> {
  const { answer: { humanInputRequest, userErrors } } = await graph.ask<{ answer: { humanInputRequest: { id: string } | null; userErrors: readonly UserError[] } }>(requestHumanInput, {
    input: { ...random.pick(questions), stepResultId, idempotencyKey: `${runtimeId}:${stepResultId}:question` },
  });
  if (!humanInputRequest) {
    for (const { code, message } of userErrors) count(tally.refusals, `requestHumanInput: ${code}, ${message}`);
    return false;
  }
  tally.asked++;
  return untilRunning({ graph, manner, signal }, stepResultId);
}

/** Waits until an attempt is held by no question any more. False when it is not to go on. */
export async function untilRunning({ graph, manner, signal }: Pick<Worker, 'graph' | 'manner' | 'signal'>, stepResultId: string): Promise<boolean> {
  while (!signal.aborted) {
    await pause(Math.max(200, 4_000 / manner.speed), signal);
    const { stepResult } = await graph.ask<{ stepResult: { status: string } | null }>('query ($id: ID!) { stepResult(id: $id) { status } }', { id: stepResultId });
    if (stepResult?.status !== 'HELD') return stepResult?.status === 'RUNNING';
  }
  return false;
}

const requestHumanInput = `mutation ($input: RequestHumanInputInput!) { answer: requestHumanInput(input: $input) { humanInputRequest { id } userErrors { code message } } }`;

import { styleText } from 'node:util';
import type { Forge } from '../forge.ts';
import type { Step } from './steps.ts';

export interface CheckRun {
  readonly forge: Forge;
  /** Which test files to run, by parts of their paths; none means all. */
  readonly paths: readonly string[];
}

export interface StepResult {
  readonly passed: boolean;
  /** Everything the step said; shown when it failed. */
  readonly output: string;
  readonly tests?: { readonly passed: number; readonly failed: number };
}

interface Outcome extends StepResult {
  readonly name: string;
  readonly line: string;
}

/**
 * Runs every step, whatever became of those before it, and sums them up. The last line is for programs: how many tests
 * passed, and how many tests and other steps failed. Answers whether everything passed.
 */
export async function runChecks(stages: readonly (readonly Step[])[], options: CheckRun): Promise<boolean> {
  const outcomes: Outcome[] = [];
  for (const stage of stages) outcomes.push(...(await Promise.all(stage.map((step) => runStep(step, options)))));
  console.log(`\n${outcomes.map(({ line }) => line).join('\n')}`);

  const tests = outcomes.find((outcome) => outcome.tests)?.tests ?? { passed: 0, failed: 0 };
  const failedSteps = outcomes.filter(({ passed }) => !passed);
  const failed = tests.failed + failedSteps.filter((step) => !step.tests?.failed).length;
  console.log(`\n${tests.passed} passed, ${failed} failed`);
  return failedSteps.length === 0;
}

async function runStep(step: Step, options: CheckRun): Promise<Outcome> {
  const started = performance.now();
  const result = await step.run(options).catch((error: unknown): StepResult => ({ passed: false, output: String(error) }));
  const verdict = result.passed ? styleText('green', 'passed') : styleText('red', 'FAILED');
  const line = `${verdict}  ${step.name.padEnd(12)} ${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s`;
  console.log(line);
  if (!result.passed && result.output) console.log(`\n${result.output.trimEnd()}\n`);
  return { ...result, name: step.name, line };
}

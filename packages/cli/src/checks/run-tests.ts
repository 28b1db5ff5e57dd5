import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckRun, StepResult } from './run-checks.ts';
import { runNode } from './run-node.ts';

/** What of Jest's `--json` report is of use here. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/** Jest over all tests, or those in `paths`; counts a file that could not be run as one failed test. */
export async function runTests(run: CheckRun): Promise<StepResult> {
  const folder = mkdtempSync(join(tmpdir(), 'forge-check-'));
  const outputFile = join(folder, 'jest.json');
  try {
    const result = await runNode('node_modules/jest/bin/jest.js', ['--json', '--outputFile', outputFile, '--', ...run.paths], run, {
      live: true,
      env: { NODE_OPTIONS: `${run.forge.env['NODE_OPTIONS'] ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim() },
      giveUp: openHandles,
    });
    // Jest writes none when it found no tests, or could not begin.
    if (!existsSync(outputFile)) return result;
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(outputFile, 'utf8')) as Report;
    return { ...result, tests: { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites } };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What Jest only warns of: a test left a server, pool or timer behind, which would keep this run waiting for ever. */
function openHandles(output: string): string | undefined {
  if (!/did not exit one second after|failed to exit gracefully/.test(output)) return undefined;
  return 'A test leaves something open. Find it with --detectOpenHandles, and close it in the test.';
}

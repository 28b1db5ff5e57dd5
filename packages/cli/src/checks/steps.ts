import type { CheckRun, StepResult } from './run-checks.ts';
import { runNode } from './run-node.ts';
import { runTests } from './run-tests.ts';

export interface Step {
  readonly name: string;
  run(options: CheckRun): Promise<StepResult>;
}

/** The steps of one stage run side by side, the stages one after the other. */
export const stages: readonly (readonly Step[])[] = [
  [forge('generated', 'generate')],
  [tool('types', 'typescript/bin/tsc', '-p', 'tsconfig.json'), tool('lint', 'eslint/bin/eslint.js', '.', '--max-warnings', '0')],
  [forge('supergraph', 'compose', '--check'), forge('prisma drift', 'db', 'check')],
  [tool('dead code', 'knip/bin/knip.js', '--no-config-hints')],
  [{ name: 'tests', run: runTests }],
];

function forge(name: string, ...args: string[]): Step {
  return { name, run: (options) => runNode('packages/cli/src/main.ts', args, options) };
}

function tool(name: string, file: string, ...args: string[]): Step {
  return { name, run: (options) => runNode(`node_modules/${file}`, args, options) };
}

import { Command } from 'commander';
import { OperatorError } from '@forge/config';
import { runChecks } from '../checks/run-checks.ts';
import { stages } from '../checks/steps.ts';
import type { Forge } from '../forge.ts';

/** `forge check`, which is `npm test`: everything that must hold before a change is merged. */
export function checkCommand(forge: Forge): Command {
  const names = stages.flat().map(({ name }) => name);
  return new Command('check')
    .description('check types, lint, drift and dead code, and run the tests')
    .argument('[paths...]', 'run only the test files whose path has this in it')
    .option('--only <steps>', `some of ${names.join(',')}`)
    .action(async (paths: string[], { only }: { only?: string }) => {
      const chosen = only?.split(',') ?? (paths.length > 0 ? ['tests'] : names);
      const unknown = chosen.filter((name) => !names.includes(name));
      if (unknown.length > 0) throw new OperatorError(`--only: there is no step ${unknown.join(', ')}; the steps are ${names.join(', ')}`);
      const passed = await runChecks(stages.map((stage) => stage.filter(({ name }) => chosen.includes(name))), { forge, paths });
      process.exitCode = passed ? 0 : 1;
    });
}

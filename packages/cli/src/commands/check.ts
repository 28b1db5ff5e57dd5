import { OperatorError } from '@forge/config';
import { Command } from 'commander';
import { constants } from 'node:os';
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
      // An exit in order takes the steps that run along.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(128 + constants.signals[signal]));
      const passed = await runChecks(stages.map((stage) => stage.filter(({ name }) => chosen.includes(name))), { forge, paths });
      process.exitCode = passed ? 0 : 1;
    });
}

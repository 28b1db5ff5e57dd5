import { Command, InvalidArgumentError } from 'commander';
import type { Forge } from '../forge.ts';
import { simulate, type SimulateOptions } from '../simulate/simulate.ts';

type Options = Pick<SimulateOptions, 'url' | 'runtimes' | 'speed' | 'runs' | 'rate' | 'seed' | 'fail' | 'drop' | 'people'> & { readonly timeout: number };

/**
 * `forge simulate`: agent runtimes and people for a platform that is running, which they know by its public graph alone. The key
 * they show there comes from the environment, where other users of the machine do not see it.
 */
export function simulateCommand({ env }: Pick<Forge, 'env'>): Command {
  return new Command('simulate')
    .description('be the agent runtimes of a running platform, and the people who decide and answer')
    .option('--url <url>', 'its GraphQL endpoint', 'http://localhost:4000/graphql')
    .addHelpText('after', '\nFORGE_API_KEY: an API key of the platform, where it asks for one; forge key makes it.')
    .option('--runtimes <n>', 'how many runtimes share the gateways', wholeNumber, 4)
    .option('--speed <times>', 'how many times faster than real agents and people', positive, 20)
    .option('--runs <n>', 'start so many runs, and end when they have; until it is stopped unless given', wholeNumber)
    .option('--rate <runs>', 'runs started a minute; 12, or as fast as they end with --runs', positive)
    .option('--seed <n>', 'the same choices for the same number', wholeNumber, Math.ceil(Math.random() * 1_000_000))
    .option('--fail <share>', 'the share of attempts that fail', share, 0.05)
    .option('--drop <share>', 'the share of answers to mutations that get lost', share, 0)
    .option('--no-people', 'nobody decides or answers')
    .option('--timeout <seconds>', 'how long the --runs may take', positive, 900)
    .action(async ({ timeout, ...options }: Options) => {
      const asked = new AbortController();
      // Not once: a second Ctrl-C must not cut the orderly end short.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort());
      const { tally: { doubled }, unfinished } = await simulate({ ...options, key: env['FORGE_API_KEY'], timeoutSeconds: timeout, say: console.log, asked: asked.signal });
      if (doubled.length > 0 || unfinished.length > 0) process.exitCode = 1;
    });
}

function wholeNumber(text: string): number {
  return checked(text, (number) => Number.isInteger(number) && number >= 1, 'Give a whole number, 1 or more.');
}

function positive(text: string): number {
  return checked(text, (number) => number > 0, 'Give a number more than 0.');
}

function share(text: string): number {
  return checked(text, (number) => number >= 0 && number < 1, 'Give a number from 0, less than 1.');
}

function checked(text: string, isRight: (number: number) => boolean, advice: string): number {
  const number = Number(text);
  if (!isRight(number)) throw new InvalidArgumentError(advice);
  return number;
}

import { scopes as known } from '@forge/auth';
import { OperatorError } from '@forge/config';
import { startDatabase, takeDomain } from '@forge/database';
import { createGatewaysSubgraph } from '@forge/subgraph-gateways';
import { Command, InvalidArgumentError } from 'commander';
import { pino } from 'pino';
import type { Forge } from '../forge.ts';

interface Options {
  readonly org: string;
  readonly label: string;
  readonly scopes: readonly string[];
  readonly expires?: Date;
}

interface Answer {
  readonly createApiKey: { readonly key: string | null; readonly userErrors: readonly { readonly message: string }[] };
}

const mutation = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key userErrors { message } } }';

/** `forge key`: an organisation's first API key, which nobody could ask the gateway for without one. */
export function keyCommand(forge: Forge): Command {
  return new Command('key')
    .description('make an API key of an organisation past the gateway, such as its first, and print it; only its hash is kept')
    .requiredOption('--org <id>', 'the organisation, as tokens name it too', orgId)
    .option('--label <text>', 'for people', 'first key')
    .option('--scopes <list>', `by commas, of ${known.join(', ')}`, (list) => list.split(','), ['admin'])
    .option('--expires <time>', 'from when it opens nothing any more, such as 2027-01-01T00:00Z; never unless given', time)
    .action(async (options: Options) => console.log(await makeKey(forge, options)));
}

async function makeKey({ env, projectDir }: Forge, { org, label, scopes, expires }: Options): Promise<string> {
  const database = await startDatabase({ env, projectDir, domains: ['gateways'] });
  try {
    const databaseUrl = await takeDomain(database, { domain: 'gateways', projectDir });
    const gateways = await createGatewaysSubgraph({ databaseUrl, logger: pino({ level: 'warn' }) });
    try {
      const principal = { orgId: org, subject: 'operator', kind: 'system' as const, scopes: ['admin'] };
      const { data, errors } = await gateways.execute({ query: mutation, variables: { input: { label, scopes, expiresAt: expires?.toISOString() } } }, { principal });
      const { key, userErrors = [] } = (data as Answer | null | undefined)?.createApiKey ?? {};
      if (key) return key;
      throw new OperatorError([...(errors ?? []), ...userErrors].map(({ message }) => message).join('\n'));
    } finally {
      await gateways.close();
    }
  } finally {
    await database.stop();
  }
}

function orgId(text: string): string {
  if (!/^[\w-]{1,100}$/.test(text)) throw new InvalidArgumentError('Give up to 100 letters, digits, _ and -.');
  return text;
}

function time(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('Give a time such as 2027-01-01T00:00Z.');
  return at;
}

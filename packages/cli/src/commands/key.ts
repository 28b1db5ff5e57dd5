import { demoOrgId, scopes as known, type Principal } from '@forge/auth';
import { OperatorError } from '@forge/config';
import { startDatabase, takeDomain } from '@forge/database';
import { createGatewaysSubgraph } from '@forge/subgraph-gateways';
import type { Subgraph } from '@forge/subgraph-kit';
import { Command, InvalidArgumentError } from 'commander';
import { pino } from 'pino';
import type { Forge } from '../forge.ts';
import { timeArgument } from '../time-argument.ts';

interface Options {
  readonly org: string;
}

interface KeyOptions extends Options {
  readonly label: string;
  readonly scopes: readonly string[];
  readonly expires?: Date;
}

/** Runs a mutation of the gateways domain over `input` as an organisation's administrator, and answers its payload. */
type Mutate = <T extends object>(operation: string, input: object) => Promise<T>;

const create = 'mutation ($input: CreateApiKeyInput!) { answer: createApiKey(input: $input) { key userErrors { message } } }';
const revoke = 'mutation ($input: RevokeApiKeyInput!) { answer: revokeApiKey(input: $input) { apiKey { id label revokedAt } userErrors { message } } }';

/** `forge key`: an organisation's first API key, which nobody could ask the gateway for without one, and an end to one that got lost. */
export function keyCommand(forge: Forge): Command {
  const key = new Command('key')
    .description('make and revoke API keys of an organisation past the gateway, such as its first')
    .enablePositionalOptions();
  key.command('create', { isDefault: true })
    .description('make a key and print it, and nothing else; only its hash is kept')
    .option('--org <id>', 'the organisation, as tokens name it too', orgId, demoOrgId)
    .option('--label <text>', 'for people', 'first key')
    .option('--scopes <list>', `by commas, of ${known.join(', ')}`, (list) => list.split(','), ['admin'])
    .option('--expires <time>', 'from when it opens nothing any more, such as 2027-01-01T00:00Z; never unless given', timeArgument)
    .action(({ org, label, scopes, expires }: KeyOptions) => asAdministrator(forge, org, async (mutate) => {
      const { key } = await mutate<{ key: string }>(create, { label, scopes, expiresAt: expires?.toISOString() });
      console.log(key);
    }));
  key.command('revoke')
    .description('take a key back for good, and all that were derived from it')
    .argument('<id>', 'such as key_01h455vb4pex5vsknk084sn02q')
    .option('--org <id>', 'the organisation whose key it is', orgId, demoOrgId)
    .action((id: string, { org }: Options) => asAdministrator(forge, org, async (mutate) => {
      const { apiKey: { label, revokedAt } } = await mutate<{ apiKey: { label: string; revokedAt: string } }>(revoke, { id });
      console.log(`${id} (${label}) is REVOKED since ${revokedAt}, and all keys that were derived from it.`);
    }));
  return key;
}

async function asAdministrator({ env, projectDir }: Forge, org: string, use: (mutate: Mutate) => Promise<void>): Promise<void> {
  // Without a listener a signal would end this process alone, and leave the server.
  const wait = () => console.error('Ends in a moment.');
  for (const signal of signals) process.on(signal, wait);
  const database = await startDatabase({ env, projectDir, domains: ['gateways'] });
  try {
    const databaseUrl = await takeDomain(database, { domain: 'gateways', projectDir });
    const gateways = await createGatewaysSubgraph({ databaseUrl, logger: pino({ level: 'warn' }, pino.destination(process.stderr.fd)) });
    try {
      await use(mutationsOf(gateways, { orgId: org, subject: 'operator', kind: 'system', scopes: ['admin'] }));
    } finally {
      await gateways.close();
    }
  } finally {
    await database.stop();
    for (const signal of signals) process.off(signal, wait);
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function mutationsOf(gateways: Subgraph, principal: Principal): Mutate {
  return async <T extends object>(query: string, input: object) => {
    const { data, errors = [] } = await gateways.execute({ query, variables: { input } }, { principal });
    const { userErrors = [], ...payload } = (data?.['answer'] ?? {}) as T & { readonly userErrors?: readonly { readonly message: string }[] };
    const faults = [...errors, ...userErrors];
    if (faults.length > 0) throw new OperatorError(faults.map(({ message }) => message).join('\n'));
    return payload as unknown as T;
  };
}

function orgId(text: string): string {
  if (!/^[\w-]{1,100}$/.test(text)) throw new InvalidArgumentError('Give up to 100 letters, digits, _ and -.');
  return text;
}

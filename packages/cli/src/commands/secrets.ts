import { OperatorError } from '@forge/config';
import { Command } from 'commander';
import { listDomains } from '../domains.ts';
import type { Forge } from '../forge.ts';
import { freshPassword, freshSecrets } from '../secrets/fresh-secrets.ts';
import { asEnvFile, asKubernetesSecret } from '../secrets/print-secrets.ts';

interface Options {
  readonly databaseUrl?: string;
  readonly kubernetes?: string;
}

/** `forge secrets`: keys, secrets and passwords for an installation. What it prints is kept nowhere. */
export function secretsCommand({ projectDir }: Forge): Command {
  return new Command('secrets')
    .description('print fresh keys, secrets and database URLs of an installation, as the .env file of deploy/compose.yaml')
    .option('--database-url <url>', 'the administrator of the PostgreSQL, with the password; a new one for that of deploy/compose.yaml unless given')
    .option('--kubernetes <name>', 'print a Secret of this name for kubectl in place of an .env file')
    .action(async ({ databaseUrl, kubernetes }: Options) => {
      const password = freshPassword();
      const secrets = await freshSecrets({ domains: listDomains(projectDir), databaseUrl: checked(databaseUrl) ?? `postgres://forge:${password}@postgres:5432/postgres`, now: new Date() });
      const all = databaseUrl ? secrets : { POSTGRES_PASSWORD: password, ...secrets };
      console.log(kubernetes ? asKubernetesSecret(kubernetes, all) : asEnvFile(all));
    });
}

function checked(databaseUrl: string | undefined): string | undefined {
  if (databaseUrl === undefined || (URL.canParse(databaseUrl) && new URL(databaseUrl).password)) return databaseUrl;
  throw new OperatorError('--database-url must be a URL such as postgres://user:password@host:5432/postgres, with the password: those of the domains follow from it.');
}

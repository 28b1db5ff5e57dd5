import { OperatorError } from '@forge/config';
import { checkDrift, writeMigration } from '@forge/database';
import { Command } from 'commander';
import { join, relative } from 'node:path';
import { listDomains } from '../domains.ts';
import type { Forge } from '../forge.ts';
import { openPlatform } from '../platform.ts';
import { onThrowAwayServer } from '../throw-away-server.ts';

/** `forge db`: the schema files, the migrations and the databases, and that they agree. */
export function dbCommand(forge: Forge): Command {
  const db = new Command('db').description('write, apply and check the migrations of the databases');
  db.command('diff')
    .description('write the next migration of a domain, from what has changed in its schema files')
    .argument('<domain>', 'a folder of prisma/')
    .argument('<name>', 'what it does, such as add_run_priority')
    .action((domain: string, name: string) => diff(forge, domain, name));
  db.command('migrate')
    .description('start the database as `forge up` would, and apply the migrations of every domain')
    .action(() => migrate(forge));
  db.command('check')
    .description('fail when the schema files and the migrations of a domain do not make the same tables')
    .action(() => check(forge));
  return db;
}

async function diff({ projectDir }: Forge, domain: string, name: string): Promise<void> {
  const domains = listDomains(projectDir);
  if (!domains.includes(domain)) throw new OperatorError(`There is no domain "${domain}"; the domains are ${domains.join(', ')}`);
  const path = await onThrowAwayServer((url) => writeMigration({ url, schemaDir: schemaDirOf(projectDir, domain), name, now: new Date() }));
  console.log(path ? relative(projectDir, path) : `${domain}: nothing has changed since its newest migration`);
}

async function migrate(forge: Forge): Promise<void> {
  // Without a listener a signal would end this process alone, and leave the server.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => console.log('Ends as soon as the migrations are in.'));
  const { database } = await openPlatform(forge, console.log);
  await database.stop();
}

async function check({ projectDir }: Forge): Promise<void> {
  const domains = listDomains(projectDir);
  const faults = await onThrowAwayServer((adminUrl) => Promise.all(domains.map((domain) => faultsOf({ adminUrl, domain, schemaDir: schemaDirOf(projectDir, domain) }))));
  if (faults.flat().length > 0) throw new OperatorError(faults.flat().join('\n'));
}

/** A migration that cannot be applied is a fault of its domain among the others. */
async function faultsOf(options: Parameters<typeof checkDrift>[0]): Promise<string[]> {
  try {
    return await checkDrift(options);
  } catch (error) {
    if (error instanceof OperatorError) return [error.message];
    throw error;
  }
}

function schemaDirOf(projectDir: string, domain: string): string {
  return join(projectDir, 'prisma', domain);
}

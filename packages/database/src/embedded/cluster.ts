import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clusterIn, type Installation } from './installation.ts';
import { runProgram } from './run-program.ts';

export interface Cluster {
  readonly data: string;
  /** The superuser's. */
  readonly password: string;
}

/** The data in the installation's home, made by the first to ask. */
export async function openCluster(installation: Installation, throwAway: boolean): Promise<Cluster> {
  const folder = clusterIn(installation.home);
  removeAbandoned(installation.home);
  if (!existsSync(folder)) await make(installation, folder, throwAway);
  return { data: join(folder, 'data'), password: readFileSync(join(folder, 'password'), 'utf8') };
}

/** Into a folder beside, moved into place when complete: a crash in between leaves nothing half-made. */
async function make(installation: Installation, folder: string, throwAway: boolean): Promise<void> {
  const { home, account } = installation;
  const making = mkdtempSync(join(home, 'making-'));
  const password = join(making, 'password');
  try {
    writeFileSync(password, randomBytes(18).toString('base64url'), { mode: 0o600, flush: true });
    if (account) for (const path of [making, password]) chownSync(path, account.uid, account.gid);
    await runProgram(installation, 'initdb', [
      '-D', join(making, 'data'), '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${password}`, '-E', 'UTF8', '--locale=C', ...(throwAway ? ['--no-sync'] : []),
    ]);
    renameSync(making, folder);
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

/** What a process left that was killed while it made a cluster; one that lives has been at it for seconds. */
function removeAbandoned(home: string): void {
  const tenMinutesAgo = Date.now() - 600_000;
  for (const name of readdirSync(home)) {
    const path = join(home, name);
    if (name.startsWith('making-') && (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) < tenMinutesAgo) rmSync(path, { recursive: true, force: true });
  }
}

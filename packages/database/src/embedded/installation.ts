import { OperatorError } from '@forge/config';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { secretIn } from '../secret.ts';
import { ownerOf, unprivilegedAccount, type Account } from './account.ts';
import { copyPrograms, packagedPrograms } from './programs.ts';

/** Where the server's programs and data are, and the account it runs under when the present one is root. */
export interface Installation {
  readonly programs: string;
  readonly home: string;
  readonly account: Account | undefined;
}

/** For root, where its own folders are closed to others. */
const shelf = '/var/lib/forge-graph';

/**
 * Finds a place and an account for the server. PostgreSQL refuses to run as root; root therefore lends it to an
 * unprivileged account that owns the data. What that account cannot reach in the project's own folder (in a home that
 * only root may enter), the programs or the data, has its place in /var/lib/forge-graph.
 */
export async function findInstallation(wanted: string): Promise<Installation> {
  const packaged = await packagedPrograms();
  const me = process.getuid?.();
  if (me !== 0) {
    if (me !== undefined && belongsToAnother(wanted, me)) {
      throw new OperatorError(`The database in ${wanted} belongs to another account, such as the one that root lends it to: start it as that user or as root, or move the folder away`);
    }
    mkdirSync(wanted, { recursive: true });
    return { programs: packaged, home: wanted, account: undefined };
  }
  const { home, account } = placeFor(wanted);
  const programs = canDo('"$1" --version', join(packaged, 'bin/postgres'), account) ? packaged : copyPrograms(packaged, shelfFolder());
  return { programs, home, account };
}

/** The folder in which the server's data lie, with its password. */
export function clusterIn(home: string): string {
  return join(home, 'cluster');
}

function belongsToAnother(home: string, me: number): boolean {
  try {
    return (ownerOf(home)?.uid ?? me) !== me;
  } catch {
    // It lies in a folder that is closed to this account.
    return true;
  }
}

/** Makes the folder, or finds it, and the account that it belongs to from then on. */
function lend(home: string): Account {
  mkdirSync(home, { recursive: true });
  const owner = ownerOf(clusterIn(home));
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = unprivilegedAccount();
  execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, home]);
  return account;
}

/**
 * Data once made stay where they are, whatever the folders above have become. A place elsewhere bears a name that is kept in
 * the wanted folder alone: with that folder deleted, a new one at the same path begins anew.
 */
function placeFor(wanted: string): { home: string; account: Account } {
  const near = { home: wanted, account: lend(wanted) };
  const reachable = canDo('cd "$1"', wanted, near.account);
  if (reachable && (existsSync(clusterIn(wanted)) || !existsSync(join(wanted, 'secret')))) return near;
  const far = join(shelf, createHash('sha256').update(secretIn(wanted)).digest('hex').slice(0, 12));
  if (reachable && !existsSync(clusterIn(far))) return near;
  shelfFolder();
  return { home: far, account: lend(far) };
}

function shelfFolder(): string {
  mkdirSync(shelf, { recursive: true });
  chmodSync(shelf, 0o755);
  return shelf;
}

/** Asked of the system by trying, since any folder above may be closed to the account. */
function canDo(script: string, path: string, account: Account): boolean {
  return spawnSync('/bin/sh', ['-c', script, 'sh', path], { ...account, cwd: '/' }).status === 0;
}

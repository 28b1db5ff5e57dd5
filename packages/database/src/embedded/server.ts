import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findInstallation, type Installation } from './account.ts';

const run = promisify(execFile);

export interface EmbeddedServer {
  /** URL of the superuser on the database `postgres`. */
  readonly url: string;
  /** Ends the server in order, unless another living process had started it. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The folder that the server has to itself. */
  home: string;
  /** For data that need not outlive the process: commits do not wait for the disk. */
  throwAway?: boolean;
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  // Partitions take a lock each.
  max_locks_per_transaction: '512',
  shared_preload_libraries: 'pg_stat_statements',
};

/**
 * Starts the PostgreSQL of the npm package on a free port of the loopback interface. The second start finds the data of
 * the first, also after kill -9: a server that outlived its owner is taken over as it runs.
 */
export async function startEmbedded({ home, throwAway = false }: EmbeddedOptions): Promise<EmbeddedServer> {
  const installation = await findInstallation(home);
  const data = join(installation.home, 'data');
  if (!existsSync(data)) await initialise(installation, data, throwAway);

  const password = readFileSync(join(installation.home, 'password'), 'utf8');
  const running = runningPort(data);
  const port = running ?? (await start(installation, data, throwAway));
  const owner = join(installation.home, 'owner.pid');
  const shared = running !== undefined && ownerLives(owner);
  if (!shared) writeFileSync(owner, String(process.pid));

  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      if (shared) return;
      await run(program(installation, 'pg_ctl'), ['stop', '-D', data, '-m', 'fast', '-w'], inAccount(installation));
    },
  };
}

/** initdb into a folder beside, moved into place when complete: a crash in between leaves nothing half-made. */
async function initialise(installation: Installation, data: string, throwAway: boolean): Promise<void> {
  const making = `${data}.making`;
  const passwordFile = join(installation.home, 'password');
  rmSync(making, { recursive: true, force: true });
  mkdirSync(installation.home, { recursive: true });
  writeFileSync(passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 });
  const { account } = installation;
  if (account) chownSync(passwordFile, account.uid, account.gid);
  await run(
    program(installation, 'initdb'),
    ['-D', making, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', ...(throwAway ? ['--no-sync'] : [])],
    inAccount(installation),
  );
  renameSync(making, data);
}

async function start(installation: Installation, data: string, throwAway: boolean): Promise<number> {
  const unsafe = throwAway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {};
  // A port can be taken between choosing and using it; after kill -9 the old server's children need a moment to leave.
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const flags = Object.entries({ ...settings, ...unsafe, port: String(port) }).map(([name, value]) => `-c ${name}='${value}'`);
    try {
      await run(program(installation, 'pg_ctl'), ['start', '-D', data, '-w', '-t', '60', '-s', '-l', join(installation.home, 'log'), '-o', flags.join(' ')], inAccount(installation));
      return port;
    } catch (error) {
      if (attempt === 5) throw new Error(`PostgreSQL did not start; its log is ${join(installation.home, 'log')}`, { cause: error });
      await sleep(attempt * 400);
    }
  }
}

/** The port of the server that runs on `data`, if one does. */
function runningPort(data: string): number | undefined {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port, , , , status] = readFileSync(file, 'utf8').split('\n');
  return status?.trim() === 'ready' && isPostgres(Number(pid)) ? Number(port) : undefined;
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return existsSync('/proc') ? false : isAlive(pid);
  }
}

function ownerLives(file: string): boolean {
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return pid > 0 && pid !== process.pid && isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function program(installation: Installation, name: string): string {
  return join(installation.programs, 'bin', name);
}

function inAccount({ account }: Installation) {
  return { cwd: '/', env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' }, ...account };
}

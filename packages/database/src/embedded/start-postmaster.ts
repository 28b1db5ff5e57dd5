import { OperatorError } from '@forge/config';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from './installation.ts';
import { findPostmaster } from './postmaster.ts';
import { runProgram } from './run-program.ts';

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '400',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  // Partitions take a lock each.
  max_locks_per_transaction: '512',
  shared_preload_libraries: 'pg_stat_statements',
};

const unsafeSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** After a crash it first replays what it had written ahead. */
const patienceSeconds = 120;

/** The port of the server on `data`: the one that runs, or a new one. */
export async function startPostmaster(installation: Installation, data: string, throwAway: boolean): Promise<number> {
  const deadline = Date.now() + patienceSeconds * 1000;
  let failures = 0;
  for (;;) {
    const there = findPostmaster(data);
    if (there?.ready) return there.port;
    if (Date.now() > deadline) throw new OperatorError(didNotStart(installation));
    if (there) {
      await sleep(50);
      continue;
    }
    try {
      await start(installation, data, throwAway);
    } catch (error) {
      // The port can have been taken, another process can start the server at the same moment, and after kill -9 the old
      // server's children need a moment to leave.
      if (++failures === 5) throw new OperatorError(didNotStart(installation), { cause: error });
      await sleep(failures * 400);
    }
  }
}

async function start(installation: Installation, data: string, throwAway: boolean): Promise<void> {
  const all = { ...settings, ...(throwAway && unsafeSettings), port: String(await freePort()) };
  const flags = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`);
  await runProgram(installation, 'pg_ctl', ['start', '-D', data, '-w', '-t', String(patienceSeconds), '-s', '-l', logOf(installation), '-o', flags.join(' ')]);
}

function didNotStart(installation: Installation): string {
  const log = logOf(installation);
  const lastWord = existsSync(log) ? readFileSync(log, 'utf8').split('\n').findLast((line) => /\b(FATAL|PANIC|ERROR):/.test(line)) : undefined;
  return `PostgreSQL did not start${lastWord ? `: ${lastWord.replace(/^.*?(?=FATAL|PANIC|ERROR)/, '')}` : ''}. Its log is ${log}`;
}

function logOf({ home }: Installation): string {
  return join(home, 'log');
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

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Installation } from './installation.ts';

/** Runs one of PostgreSQL's own programs to its end, under the server's account; throws what it said when it fails. */
export async function runProgram({ programs, account }: Installation, name: 'initdb' | 'pg_ctl', args: readonly string[]): Promise<void> {
  await promisify(execFile)(join(programs, 'bin', name), args, { cwd: '/', env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' }, ...account });
}

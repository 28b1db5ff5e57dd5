import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface Postmaster {
  readonly port: number;
  /** Whether it takes connections; otherwise it is on its way up or down. */
  readonly ready: boolean;
}

/** The server that runs on `data`, if one does. */
export function findPostmaster(data: string): Postmaster | undefined {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port, , , , status] = readFileSync(file, 'utf8').split('\n');
  switch (whatIs(Number(pid))) {
    case 'postgres':
      return { port: Number(port), ready: status?.trim() === 'ready' };
    case 'something else':
      // After kill -9 the number was given away, and PostgreSQL would take whoever has it for the server.
      rmSync(file, { force: true });
      return undefined;
    case 'nothing':
      return undefined;
  }
}

function whatIs(pid: number): 'postgres' | 'something else' | 'nothing' {
  if (!existsSync('/proc/self/cmdline')) return isAlive(pid) ? 'postgres' : 'nothing';
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres') ? 'postgres' : 'something else';
  } catch {
    return 'nothing';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

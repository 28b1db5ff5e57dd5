import type { Environment } from '@forge/config';
import { readyAddressIn } from '@forge/process';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program of the project that runs in a process of its own. */
export interface Program {
  readonly name: string;
  /** Its main.ts. */
  readonly file: string;
  readonly env: Environment;
}

export interface Child {
  /** Undefined when it could not be started. */
  readonly pid: number | undefined;
  /** The address at which it answers, once it does; pending for ever if it never does. */
  readonly ready: Promise<string>;
  /** How it ended: `with code 1`, `by SIGKILL`. */
  readonly ended: Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts a program. It learns over its IPC channel when this process is gone, whatever ended it, and then stops. */
export function startChild({ file, env }: Program, say: (line: string) => void): Child {
  const child = spawn(process.execPath, [file], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // In a process group of its own: Ctrl-C is for this process, which ends the others in order.
    detached: true,
  });
  if (child.pid !== undefined) say(`is process ${child.pid}`);
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', say);

  const ready = Promise.withResolvers<string>();
  child.on('message', (message) => {
    const address = readyAddressIn(message);
    if (address !== undefined) ready.resolve(address);
  });
  const ended = Promise.withResolvers<string>();
  child.once('error', (error) => ended.resolve(`before it began: ${error.message}`));
  child.once('exit', (code, signal) => ended.resolve(signal ? `by ${signal}` : `with code ${code}`));
  return { pid: child.pid, ready: ready.promise, ended: ended.promise, kill: (signal) => void child.kill(signal) };
}

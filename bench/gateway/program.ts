import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A gateway in a process of its own. */
export interface GatewayProgram {
  readonly name: string;
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What it has used of the processors so far: of user and kernel time together, in seconds (proc(5), stat). */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly name: string;
  readonly file: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly port: number;
  readonly headers?: Readonly<Record<string, string>>;
}

// `getconf CLK_TCK` on every Linux that Node runs on.
const ticksASecond = 100;
const startsWithinMilliseconds = 60_000;

/** Starts it, and waits until it answers. */
export async function startProgram({ name, file, args = [], env = {}, port, headers = {} }: ProgramOptions): Promise<GatewayProgram> {
  const child = spawn(process.execPath, [file, ...args], { env: { NODE_ENV: 'production', ...env }, stdio: ['ignore', 'ignore', 'inherit'] });
  const endpoint = `http://127.0.0.1:${port}/graphql`;
  await answers(child, name, endpoint, headers);
  return {
    name, endpoint, headers,
    cpuSeconds() {
      // The name of the process, in brackets, may itself hold spaces.
      const fields = readFileSync(`/proc/${child.pid ?? 0}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) / ticksASecond;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function answers(child: ChildProcess, name: string, endpoint: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const until = Date.now() + startsWithinMilliseconds;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the ${name} gateway ended with code ${child.exitCode}`);
    const response = await fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: '{"query":"{ __typename }"}' }).catch(() => undefined);
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Error(`the ${name} gateway did not answer within ${startsWithinMilliseconds} ms`);
}

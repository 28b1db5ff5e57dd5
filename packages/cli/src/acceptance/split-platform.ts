import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { secretKeys } from './test-platform.ts';

export interface SplitPlatform {
  /** Resolves when it has said something like it; rejects when it ends before. */
  said(words: RegExp): Promise<void>;
  /** Where it answers; only when it is ready. */
  endpoint(): string;
  /** The processes of a program so far, or of all of them, oldest first. */
  pids(name?: string): number[];
  signal(signal: NodeJS.Signals): void;
  /** Its exit code, once it has ended; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** A machine that runs tests is late, and no reason to turn anybody away. */
const patience = { FORGE_MAX_DELAY_MS: '60000' };

/** `forge up --split` on the PostgreSQL at `databaseUrl`, with little demo data unless told otherwise. */
export function runSplit(databaseUrl: string, options: readonly string[] = ['--runs', '20'], env: Readonly<Record<string, string>> = {}): SplitPlatform {
  const main = join(import.meta.dirname, '../main.ts');
  const child = spawn(process.execPath, [main, 'up', '--split', '--port', '0', ...options], { env: { DATABASE_URL: databaseUrl, ...secretKeys, ...patience, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    async said(words) {
      while (!words.test(output)) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended before it said ${words}:\n${output}`);
        await sleep(20);
      }
    },
    endpoint: () => /Forge Graph is ready: (\S+)/.exec(output)?.[1] ?? '',
    pids: (name = '\\w+') => [...output.matchAll(new RegExp(`^${name} *\\| is process (\\d+)$`, 'gm'))].map(([, pid]) => Number(pid)),
    signal: (signal) => void child.kill(signal),
    ended,
  };
}

/** Those of the processes that are still there. */
export function stillThere(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  });
}

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { styleText } from 'node:util';
import type { CheckRun, StepResult } from './run-checks.ts';

export interface Watch {
  /** Shows what the program says while it says it. */
  live?: boolean;
  /** What more the program finds in its environment. */
  env?: Record<string, string>;
  /** Sees all that has been said so far; to answer a reason ends the program and fails the step. */
  giveUp?(output: string): string | undefined;
}

/** Runs a program of the project on this same Node and answers whether it succeeded, and what it said. It ends with this process. */
export function runNode(file: string, args: readonly string[], { forge }: CheckRun, watch: Watch = {}): Promise<StepResult> {
  // A pipe is no terminal; programs are told that colours are welcome when this one has them.
  const colours = styleText('red', '', { stream: process.stdout }) === '' ? {} : { FORCE_COLOR: '1' };
  const child = spawn(process.execPath, [join(forge.projectDir, file), ...args], {
    cwd: forge.projectDir,
    env: { ...forge.env, ...colours, ...watch.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = () => child.kill();
  process.once('exit', end);
  return new Promise((resolve, reject) => {
    let output = '';
    let reason: string | undefined;
    const hear = (text: string) => {
      output += text;
      if (watch.live) process.stdout.write(text);
      reason ??= watch.giveUp?.(output);
      if (reason !== undefined) child.kill();
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', end);
      if (reason !== undefined) hear(`${reason}\n`);
      resolve({ passed: code === 0 && reason === undefined, output: watch.live ? '' : output });
    });
  });
}

import { spawn } from 'node:child_process';
import { constants } from 'node:os';

let current;
let asked;
const lastPassed = new Map();

/** The exit code for having been asked to stop, by the shells' custom; undefined as long as nobody has. */
export const exitCodeWhenStopped = () => asked && 128 + constants.signals[asked];

/**
 * From now on a signal that asks this process to stop goes to the child that runs, which stops in its own order. Ctrl-C
 * reaches it several times over, from the terminal, npm and here: what repeats within two seconds is passed on once.
 */
export function passSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      const since = Date.now() - (lastPassed.get(signal) ?? 0);
      asked = signal;
      if (current === undefined) process.exit(exitCodeWhenStopped());
      if (since < 2_000) return;
      lastPassed.set(signal, Date.now());
      current.kill(signal);
    });
  }
}

/** Runs a program on this terminal and answers its exit code; as shells do, 128 and the signal's number if one ended it. */
export function run(file, args, options = {}) {
  return new Promise((resolve) => {
    current = spawn(file, args, { stdio: 'inherit', ...options });
    current.once('error', (error) => {
      console.error(`${file} cannot be started: ${error.message}`);
      resolve(1);
    });
    current.once('exit', (code, signal) => {
      current = undefined;
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

import { OperatorError } from '@forge/config';
import { askedToStop } from './asked-to-stop.ts';

/** What a process is given that starts something and runs until it is asked to stop. */
export interface Life {
  /** Aborted when the process is asked to stop, which may be while it starts. */
  readonly asked: AbortSignal;
  /** Takes how to end what has just been started. What was started last ends first. */
  onStop(this: void, stop: () => Promise<unknown>): void;
}

/**
 * Starts things, waits until the process is asked to stop (SIGINT, SIGTERM, SIGHUP, or its supervisor is gone) and ends
 * them in order. Rejects with what `start` throws, unless it was asked to stop meanwhile; what has started by then is
 * ended in either case.
 */
export async function liveUntilAsked(start: (life: Life) => Promise<void>): Promise<void> {
  const asked = askedToStop();
  const stops: (() => Promise<unknown>)[] = [];
  try {
    await start({ asked, onStop: (stop) => void stops.push(stop) });
    if (!asked.aborted) await new Promise((resolve) => asked.addEventListener('abort', resolve));
  } catch (error) {
    if (!asked.aborted) throw error;
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** The same as the whole of a program: says what went wrong, an OperatorError without its stack, and exits with 1. */
export async function runMain(start: (life: Life) => Promise<void>): Promise<void> {
  try {
    await liveUntilAsked(start);
  } catch (error) {
    console.error(error instanceof OperatorError ? error.message : error);
    process.exitCode = 1;
  }
}

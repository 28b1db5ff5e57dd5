import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, or comes back at once when `signal` is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    // Nothing else than the signal cuts it short.
  }
}

import { OperatorError } from '@forge/config';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMilliseconds } from './backoff.ts';
import { startChild, type Program } from './child.ts';

export interface Supervised {
  /** Where the program answers, once it does. Rejects when its first process ends before: that is for somebody to mend. */
  readonly ready: Promise<string>;
  /** Ends it in order, and by force what takes longer than 20 seconds. */
  stop(): Promise<void>;
}

const stopMilliseconds = 20_000;

/** A process that answered for this long before it died has nothing to do with the deaths before it. */
const soundMilliseconds = 30_000;

/** Keeps a program running: once its first process has been ready, one that dies is followed by another, for ever. */
export function supervise(program: Program, say: (line: string) => void): Supervised {
  const stopping = new AbortController();
  const ready = Promise.withResolvers<string>();
  let child = startChild(program, say);
  let wasReady = false;
  const finished = keepRunning();

  return {
    ready: ready.promise,
    async stop() {
      stopping.abort();
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), stopMilliseconds);
      await finished;
      clearTimeout(force);
    },
  };

  async function keepRunning(): Promise<void> {
    for (let deaths = 1; ; deaths++) {
      let readySince = Infinity;
      void child.ready.then((address) => {
        wasReady = true;
        readySince = performance.now();
        ready.resolve(address);
      });
      const end = await child.ended;
      if (stopping.signal.aborted) return;
      if (!wasReady) {
        ready.reject(new OperatorError(`${program.name} ended ${end} before it was ready; what it said stands above.`));
        return;
      }
      if (performance.now() - readySince > soundMilliseconds) deaths = 1;
      const wait = backoffMilliseconds(deaths);
      say(`ended ${end}; starts again in ${wait / 1000} s`);
      try {
        await sleep(wait, undefined, { signal: stopping.signal });
      } catch {
        // Nothing else than stop() cuts the wait short.
        return;
      }
      child = startChild(program, say);
    }
  }
}

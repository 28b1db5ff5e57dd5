import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { LoadPlan, Recorded } from './open-loop.ts';

/** Clients who have begun to ask. */
export interface Load {
  /** What became of each request, once the last one has its answer. */
  readonly over: Promise<Recorded[]>;
  /** Tells them not to go on longer than they were to at least. */
  enough(): void;
}

/** Lets clients ask, in a process of their own. */
export async function startLoad(plan: LoadPlan): Promise<Load> {
  const child = fork(new URL('./load-program.ts', import.meta.url), { execArgv: [], env: {}, serialization: 'advanced' });
  const died = once(child, 'exit').then(([code]) => { throw new Error(`the clients ended with ${String(code)}`); });
  // It is raced against below; that it ends in the end is no fault.
  died.catch(() => undefined);
  child.send(plan);
  await Promise.race([once(child, 'message'), died]);
  const over = Promise.race([once(child, 'message').then(([recorded]) => recorded as Recorded[]), died]);
  // Whoever waits for it does so later.
  over.catch(() => undefined);
  return {
    over,
    enough() {
      if (child.connected) child.send('enough');
    },
  };
}

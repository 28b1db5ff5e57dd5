/** A request's hold on the release it began with. */
export interface Lease<R> {
  readonly release: R;
  /** Lets go of it; a second time does nothing. */
  done(): void;
}

/** A release, and who is still with it. */
export interface HeldRelease<R> {
  readonly id: string;
  readonly sdl: string;
  /** When it was put to use. */
  readonly since: Date;
  readonly release: R;
  lease(): Lease<R>;
  /** Resolves when the last lease there is now or will be is done, at the latest when the signal aborts. */
  vacated(signal: AbortSignal): Promise<void>;
}

export function holdRelease<R>(release: R, { id, sdl }: { id: string; sdl: string }): HeldRelease<R> {
  let leases = 0;
  let lastLeft: (() => void) | undefined;
  return {
    id, sdl, release, since: new Date(),
    lease() {
      leases += 1;
      let over = false;
      return {
        release,
        done() {
          if (over) return;
          over = true;
          leases -= 1;
          if (leases === 0) lastLeft?.();
        },
      };
    },
    async vacated(signal) {
      if (leases === 0 || signal.aborted) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      lastLeft = resolve;
      const giveUp = () => resolve();
      signal.addEventListener('abort', giveUp);
      await promise;
      // It would keep the release in memory as long as there is the signal.
      signal.removeEventListener('abort', giveUp);
    },
  };
}

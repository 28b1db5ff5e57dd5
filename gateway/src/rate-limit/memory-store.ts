import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Counted, RateStore, RateStoreOptions } from './rate-store.ts';
import { windowAt, windowOffset } from './rate-window.ts';

/** Counts in this process alone. Each window of a key is an entry of its own, so that what comes back late comes back to nobody. */
export function memoryStore({ limit, windowSeconds }: RateStoreOptions): RateStore {
  // An entry is forgotten some time after its window.
  const limiter = new RateLimiterMemory({ points: limit, duration: 2 * windowSeconds });
  const entryOf = (key: string, window: number) => `${key}@${window}`;
  const now = (key: string) => windowAt(Date.now(), windowSeconds, windowOffset(key, windowSeconds));

  return {
    async take(key, points) {
      const { number: window, resetSeconds } = now(key);
      return { ...(await consume(entryOf(key, window), points)), window, resetSeconds };
    },
    async giveBack(key, points, window) {
      await limiter.reward(entryOf(key, window), points);
    },
    async look(key) {
      const { number: window, resetSeconds } = now(key);
      const used = (await limiter.get(entryOf(key, window)))?.consumedPoints ?? 0;
      return { allowed: used < limit, used, window, resetSeconds };
    },
    async close() {
      // Nothing is held; what is counted is forgotten with its window.
    },
  };

  async function consume(entry: string, points: number): Promise<Pick<Counted, 'allowed' | 'used'>> {
    try {
      return { allowed: true, used: (await limiter.consume(entry, points)).consumedPoints };
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      // The library has counted it first.
      return { allowed: false, used: (await limiter.reward(entry, points)).consumedPoints };
    }
  }
}

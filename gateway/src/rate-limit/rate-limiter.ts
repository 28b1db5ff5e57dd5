import type { Logger } from 'pino';
import { insuredStore, uninsured, type InsuredCount, type InsuredStore } from './insured-store.ts';
import { memoryStore } from './memory-store.ts';
import { postgresStore } from './postgres-store.ts';
import type { RateStoreOptions } from './rate-store.ts';

/** How much a principal has left of a window. */
export interface RateState {
  readonly allowed: boolean;
  /** Points of a window. */
  readonly limit: number;
  readonly remaining: number;
  /** Until the next window, rounded up. */
  readonly resetSeconds: number;
  readonly windowSeconds: number;
  readonly window: number;
  /** Counted by this replica alone, because the store did not answer. */
  readonly insured: boolean;
}

export interface RateLimiter {
  /** Takes points, at least one, or none when they are not left: then `allowed` is false and `remaining` what is. */
  take(key: string, points: number): Promise<RateState>;
  /** Gives some of what was `taken` back, to the window it was taken from; once that is over, to nobody. Rejects when the store does not answer. */
  giveBack(key: string, points: number, taken: RateState): Promise<void>;
  /** Takes nothing; `allowed` says whether a point is left. */
  look(key: string): Promise<RateState>;
  close(): Promise<void>;
}

export interface RateLimiterOptions {
  /** Points of a window, for each key. */
  readonly limit: number;
  /** `memory` for one replica; for several the URL of a PostgreSQL database. */
  readonly store: string;
  readonly logger: Logger;
  /** Default 60. */
  readonly windowSeconds?: number;
  /** How long a request waits for a connection to the store, and for its answer. Default 250. */
  readonly timeoutMilliseconds?: number;
  /** How long a store that is down is left alone. Default 2,000. */
  readonly pauseMilliseconds?: number;
}

/** Counts points of windows. Nobody gets more than the limit of one, however many replicas take from it at once. */
export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { limit, windowSeconds = 60 } = options;
  const store = storeOf(options, { limit, windowSeconds });

  const stateOf = ({ allowed, used, window, resetSeconds, insured }: InsuredCount): RateState =>
    ({ allowed, limit, remaining: Math.max(0, limit - used), resetSeconds: Math.max(1, Math.ceil(resetSeconds)), windowSeconds, window, insured });

  return {
    async take(key, points) {
      const whole = Math.max(1, Math.ceil(points));
      return whole <= limit ? stateOf(await store.take(key, whole)) : stateOf({ ...(await store.look(key)), allowed: false });
    },
    async giveBack(key, points, taken) {
      const whole = Math.min(Math.floor(points), limit);
      if (whole > 0) await store.giveBack(key, whole, taken);
    },
    look: async (key) => stateOf(await store.look(key)),
    close: () => store.close(),
  };
}

function storeOf({ store, logger, timeoutMilliseconds = 250, pauseMilliseconds = 2_000 }: RateLimiterOptions, limits: RateStoreOptions): InsuredStore {
  if (store === 'memory') return uninsured(memoryStore(limits));
  return insuredStore(postgresStore({ ...limits, url: store, timeoutMilliseconds, logger }), memoryStore(limits), { pauseMilliseconds, logger });
}

import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleAll } from 'cockatiel';
import type { Logger } from 'pino';
import type { Counted, RateStore } from './rate-store.ts';

/** Whether it was counted by the insurance. */
export type InsuredCount = Counted & { readonly insured: boolean };

export interface InsuredStore extends Omit<RateStore, 'take' | 'look' | 'giveBack'> {
  take(key: string, points: number): Promise<InsuredCount>;
  look(key: string): Promise<InsuredCount>;
  /** Rejects when the store that they were taken from does not answer. */
  giveBack(key: string, points: number, taken: Pick<InsuredCount, 'window' | 'insured'>): Promise<void>;
}

export interface InsuranceOptions {
  /** How long a store that has failed several times in a row is left alone. */
  readonly pauseMilliseconds: number;
  readonly logger: Logger;
}

const failuresInARow = 3;

/**
 * A store that may fail, within a time of its own, and one in memory that counts in its place meanwhile. So a store that is down lets requests through, each
 * replica with the whole limit for everyone: what one operation may cost is bounded without it, and a graph that is down because
 * its rate cannot be counted helps nobody.
 */
export function insuredStore(store: RateStore, insurance: RateStore, { pauseMilliseconds, logger }: InsuranceOptions): InsuredStore {
  const breaker = circuitBreaker(handleAll, { breaker: new ConsecutiveBreaker(failuresInARow), halfOpenAfter: pauseMilliseconds });
  breaker.onReset(() => logger.info('the rate limit store answers again'));

  return {
    take: (key, points) => count((from) => from.take(key, points)),
    look: (key) => count((from) => from.look(key)),
    async giveBack(key, points, { window, insured }) {
      await (insured ? insurance.giveBack(key, points, window) : ask((from) => from.giveBack(key, points, window)));
    },
    async close() {
      await Promise.all([store.close(), insurance.close()]);
    },
  };

  async function count(question: (from: RateStore) => Promise<Counted>): Promise<InsuredCount> {
    try {
      return { ...(await ask(question)), insured: false };
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) logger.warn({ err: error }, 'the rate limit store did not answer; this replica counts by itself meanwhile');
      return { ...(await question(insurance)), insured: true };
    }
  }

  async function ask<T>(question: (from: RateStore) => Promise<T>): Promise<T> {
    // The library would have everybody wait for the one that tries whether it is there again.
    if (breaker.state === CircuitState.HalfOpen) throw new BrokenCircuitError();
    return breaker.execute(() => question(store));
  }
}

/** A store that needs no insurance. */
export function uninsured(store: RateStore): InsuredStore {
  return {
    take: async (key, points) => ({ ...(await store.take(key, points)), insured: false }),
    look: async (key) => ({ ...(await store.look(key)), insured: false }),
    giveBack: (key, points, { window }) => store.giveBack(key, points, window),
    close: () => store.close(),
  };
}

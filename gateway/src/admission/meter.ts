import type { Principal } from '@forge/auth';
import type { Logger } from 'pino';
import { checkCost } from '../cost/check-cost.ts';
import { refuse } from '../errors/refusal.ts';
import type { PreparedOperation } from '../operations/prepared-operation.ts';
import { rateLimitHeaders } from '../rate-limit/rate-limit-headers.ts';
import type { RateLimiter, RateState } from '../rate-limit/rate-limiter.ts';
import { principalKey } from '../security/authenticate/principal-key.ts';

export interface MeterOptions {
  /** A dearer operation is refused. */
  readonly maxCost: number;
  /** Undefined: as much as anyone likes. */
  readonly limiter: RateLimiter | undefined;
  readonly logger: Logger;
}

/** What an operation has cost. */
export interface Bill {
  readonly estimated: number;
  readonly actual: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** An operation that may go on. */
export interface Metered {
  /** How much its principal had left when it began, itself taken off; undefined without a limit. */
  readonly rate: RateState | undefined;
  readonly estimated: number;
  /** Gives back what it cost less than was estimated. */
  settle(data: Record<string, unknown> | null): Bill;
}

/** Sees that nobody asks for more than they may, at once or in a minute. */
export interface Meter {
  /** Takes the estimate off what the principal has; throws a Refusal when it is too much. */
  admit(operation: PreparedOperation, values: Record<string, unknown>, principal: Principal): Promise<Metered>;
  /** For a request that was turned away before it had a cost: a point, so that nonsense is not free. Throws a Refusal when none is left. */
  charge(principal: Principal): Promise<void>;
}

export function createMeter({ maxCost, limiter, logger }: MeterOptions): Meter {
  return {
    async admit({ cost }, values, principal) {
      const estimate = cost.estimate(values);
      checkCost(estimate, maxCost);
      const points = Math.max(1, Math.ceil(estimate.cost));
      const key = principalKey(principal);
      const rate = await take(key, points);
      return {
        rate, estimated: estimate.cost,
        settle(data) {
          const actual = Math.min(estimate.cost, cost.actual(data, values));
          const unused = points - Math.max(1, Math.ceil(actual));
          if (rate && unused > 0) limiter?.giveBack(key, unused, rate).catch((error: unknown) => logger.warn({ err: error }, 'points could not be given back'));
          return { estimated: estimate.cost, actual, headers: rate ? rateLimitHeaders({ ...rate, remaining: rate.remaining + unused }) : {} };
        },
      };
    },
    async charge(principal) {
      await take(principalKey(principal), 1);
    },
  };

  async function take(key: string, points: number): Promise<RateState | undefined> {
    const rate = await limiter?.take(key, points);
    if (rate?.allowed !== false) return rate;
    throw refuse('RATE_LIMITED', `This may cost ${points} points, and of ${rate.limit} a minute ${rate.remaining} are left. In ${rate.resetSeconds} s all of them are there again.`, { status: 429, headers: rateLimitHeaders(rate) });
  }
}

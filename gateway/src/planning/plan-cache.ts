import type { QueryPlan } from '@apollo/query-planner';
import { LRUCache } from 'lru-cache';
import { createPlanFlights } from './plan-flights.ts';
import type { Planner } from './planner.ts';
import { PlanningError } from './planning-error.ts';

/** An operation that has been planned, and how often it was asked for lately. */
export interface BusyOperation {
  readonly key: string;
  readonly operation: string;
  /** Each time counts one when it happens and half as much with every ten minutes that pass. */
  readonly uses: number;
}

/** The plans of one supergraph. */
export interface PlanCache {
  /** The plan of an operation, which is planned once, however many ask for it at the same time. Rejects as Planner.plan does. */
  get(key: string, operation: string, signal?: AbortSignal, asker?: string): Promise<QueryPlan>;
  /** Plans what was busy under another supergraph; to the counts it is nothing. */
  warm(operation: BusyOperation, signal?: AbortSignal): Promise<void>;
  /** The operations asked for most, busiest first. */
  busiest(most: number): BusyOperation[];
  /** How many were answered with a plan that was there, how many made the planner work, and how many waited for one under way. */
  readonly counts: Readonly<Record<'hits' | 'misses' | 'joined', number>>;
  readonly size: number;
}

export interface PlanCacheOptions {
  readonly planner: Pick<Planner, 'plan'>;
  /** Default 2000 plans … */
  readonly max?: number;
  /** … that, with their operations, have at most so many characters as JSON. Default 64 million. */
  readonly maxCharacters?: number;
  /** Milliseconds since some moment. */
  readonly now?: () => number;
}

interface Entry {
  readonly plan: QueryPlan;
  readonly operation: string;
  uses: number;
  usedAt: number;
}

const halfLifeMilliseconds = 10 * 60_000;
// Long enough that a client that tries again and again does not keep the planner from others' operations.
const remembersFaultsForMilliseconds = 30_000;

export function createPlanCache({ planner, max = 2_000, maxCharacters = 64_000_000, now = () => performance.now() }: PlanCacheOptions): PlanCache {
  const entries = new LRUCache<string, Entry>({ max, maxSize: maxCharacters, sizeCalculation: ({ plan, operation }) => JSON.stringify(plan).length + operation.length });
  const faults = new LRUCache<string, PlanningError>({ max: 1_000, ttl: remembersFaultsForMilliseconds });
  const counts = { hits: 0, misses: 0, joined: 0 };
  const flights = createPlanFlights(planner, (key, operation, flight) => {
    flight.plan.then(
      (plan) => entries.set(key, { plan, operation, uses: flight.askers, usedAt: now() }),
      (error: unknown) => {
        if (error instanceof PlanningError && error.fault !== 'busy' && error.fault !== 'closed') faults.set(key, error);
      },
    );
  });

  const usesNow = ({ uses, usedAt }: Entry) => uses * 2 ** ((usedAt - now()) / halfLifeMilliseconds);

  function use(entry: Entry, times: number): void {
    entry.uses = usesNow(entry) + times;
    entry.usedAt = now();
  }

  return {
    async get(key, operation, signal, asker) {
      const entry = entries.get(key);
      if (entry) {
        counts.hits += 1;
        use(entry, 1);
        return entry.plan;
      }
      const fault = faults.get(key);
      if (fault) throw fault;
      counts[flights.has(key) ? 'joined' : 'misses'] += 1;
      return flights.join(key, operation, signal, asker);
    },
    async warm({ key, operation, uses }, signal) {
      if (entries.has(key)) return;
      await flights.join(key, operation, signal);
      const entry = entries.peek(key);
      // One of them is this warming's own asking.
      if (entry) use(entry, uses - 1);
    },
    busiest: (most) => [...entries.entries()].map(([key, entry]) => ({ key, operation: entry.operation, uses: usesNow(entry) }))
      .sort((a, b) => b.uses - a.uses).slice(0, most),
    counts,
    get size() {
      return entries.size;
    },
  };
}

import type { QueryPlan } from '@apollo/query-planner';
import { unlessAborted } from '../transport/unless-aborted.ts';
import type { Planner } from './planner.ts';

/** An operation that is being planned. */
export interface Flight {
  readonly plan: Promise<QueryPlan>;
  /** How many have asked for it. */
  readonly askers: number;
}

/** Operations that are being planned. */
export interface PlanFlights {
  has(key: string): boolean;
  /**
   * The plan under way for this key, or else one begun now. Who leaves does not take it from the others. When all have left it is given
   * up, if it still waits; if not, it is finished for whoever comes next.
   */
  join(key: string, operation: string, signal?: AbortSignal, asker?: string): Promise<QueryPlan>;
}

/** `began` is told of each operation that the planner is given. */
export function createPlanFlights(planner: Pick<Planner, 'plan'>, began: (key: string, operation: string, flight: Flight) => void): PlanFlights {
  const flights = new Map<string, ReturnType<typeof begin>>();

  function begin(key: string, operation: string, asker?: string) {
    const abandoned = new AbortController();
    const flight = { plan: planner.plan(operation, abandoned.signal, asker), abandoned, askers: 0, waiting: 0 };
    flights.set(key, flight);
    began(key, operation, flight);
    const land = () => void flights.delete(key);
    flight.plan.then(land, land);
    return flight;
  }

  return {
    has: (key) => flights.has(key),
    async join(key, operation, signal, asker) {
      for (;;) {
        signal?.throwIfAborted();
        const flight = flights.get(key) ?? begin(key, operation, asker);
        flight.askers += 1;
        flight.waiting += 1;
        try {
          return await unlessAborted(flight.plan, signal);
        } catch (error) {
          // Given up just before this one asked: once more.
          if (error !== flight.abandoned.signal.reason) throw error;
        } finally {
          flight.waiting -= 1;
          if (flight.waiting === 0) flight.abandoned.abort();
        }
      }
    },
  };
}

import { setImmediate as breathe } from 'node:timers/promises';
import { parse, validate, type GraphQLSchema } from 'graphql';
import type { BusyOperation, PlanCache } from './plan-cache.ts';
import { PlanningError } from './planning-error.ts';

/** What warming needs to know of a release. */
export interface WarmRelease {
  readonly supergraph: { readonly apiSchema: GraphQLSchema };
  readonly plans: Pick<PlanCache, 'busiest' | 'warm'>;
}

/** An operation that was answered under the previous supergraph and cannot be under the next. */
export interface BrokenOperation {
  readonly operation: string;
  readonly faults: readonly string[];
}

export interface Warming {
  /** How many operations have a plan. */
  readonly warmed: number;
  /** Those that none can be made for, busiest first. */
  readonly broken: readonly BrokenOperation[];
}

export interface WarmLimits {
  /** Default 200. */
  readonly operations?: number;
  /** All operations are checked; those that have no plan by then have to wait for their request. Default 10 seconds. */
  readonly milliseconds?: number;
}

const longestOperationShown = 2_000;

/** Plans under the next supergraph what was busiest under the previous one, so that after the swap nobody waits for a plan. */
export async function warmPlans(next: WarmRelease, previous: WarmRelease, { operations = 200, milliseconds = 10_000 }: WarmLimits = {}): Promise<Warming> {
  const time = AbortSignal.timeout(milliseconds);
  const sound: BusyOperation[] = [];
  const broken: BrokenOperation[] = [];
  const breaks = ({ operation }: BusyOperation, faults: readonly string[]) =>
    void broken.push({ operation: operation.length > longestOperationShown ? `${operation.slice(0, longestOperationShown)}…` : operation, faults });

  for (const busy of previous.plans.busiest(operations)) {
    const faults = validate(next.supergraph.apiSchema, parse(busy.operation, { noLocation: true })).map(({ message }) => message);
    if (faults.length > 0) breaks(busy, faults);
    else sound.push(busy);
    await breathe();
  }

  let warmed = 0;
  for (const busy of sound) {
    try {
      await next.plans.warm(busy, time);
      warmed += 1;
    } catch (error) {
      if (time.aborted) break;
      if (!(error instanceof PlanningError)) throw error;
      // Other faults, such as that it takes too long, say nothing of the supergraph.
      if (error.fault === 'impossible') breaks(busy, [error.message]);
    }
  }
  return { warmed, broken };
}

import type { Planner } from '../planning/planner.ts';
import type { GatewayMetrics } from './gateway-metrics.ts';

/** A planner whose work is taken down, the wait for its turn included. */
export function timedPlanner(planner: Pick<Planner, 'plan'>, metrics: Pick<GatewayMetrics, 'planned'>): Pick<Planner, 'plan'> {
  return {
    async plan(...request) {
      const began = performance.now();
      try {
        return await planner.plan(...request);
      } finally {
        metrics.planned((performance.now() - began) / 1000);
      }
    },
  };
}

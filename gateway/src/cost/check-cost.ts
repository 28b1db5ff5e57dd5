import { Refusal } from '../errors/refusal.ts';
import type { Estimate } from './estimate-cost.ts';

/**
 * Throws a Refusal when an operation may cost more than it is allowed to. Its message and its extensions say the estimate, the
 * limit, and where most of it comes from; what is too large to count is told as the largest whole number there is.
 */
export function checkCost(estimate: Estimate, limit: number): void {
  if (estimate.cost <= limit) return;
  const [cost, dearest] = [whole(estimate.cost), { path: estimate.dearest.path, cost: whole(estimate.dearest.cost) }];
  throw new Refusal([{
    message: `This may cost ${cost} points, and the limit is ${limit}. Dearest is ${dearest.path} with ${dearest.cost}: ask there for fewer by first, or for less of each.`,
    extensions: { code: 'COST_LIMIT_EXCEEDED', estimate: cost, limit, dearest },
  }]);
}

// JSON has no Infinity.
function whole(cost: number): number {
  return Math.min(Math.ceil(cost), Number.MAX_SAFE_INTEGER);
}

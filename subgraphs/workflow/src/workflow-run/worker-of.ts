import { isIdOf } from '@forge/subgraph-kit';
import type { WorkflowContext } from '../context.ts';

/** Who is asking, when that is a worker. */
export function workerOf({ principal: { subject } }: Pick<WorkflowContext, 'principal'>): string | null {
  return isIdOf('Worker', subject) ? subject : null;
}

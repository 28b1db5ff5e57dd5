import type { WorkflowContext } from '../context.ts';
import type { PauseWorkflowInput } from '../generated/graphql.ts';
import { changeStatus } from './change-status.ts';

export function pauseWorkflow(input: PauseWorkflowInput, context: WorkflowContext) {
  return changeStatus(input, 'PAUSED', context);
}

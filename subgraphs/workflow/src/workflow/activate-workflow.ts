import type { WorkflowContext } from '../context.ts';
import type { ActivateWorkflowInput } from '../generated/graphql.ts';
import { changeStatus } from './change-status.ts';

export function activateWorkflow(input: ActivateWorkflowInput, context: WorkflowContext) {
  return changeStatus(input, 'ACTIVE', context);
}

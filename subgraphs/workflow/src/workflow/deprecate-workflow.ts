import type { WorkflowContext } from '../context.ts';
import type { DeprecateWorkflowInput } from '../generated/graphql.ts';
import { changeStatus } from './change-status.ts';

export function deprecateWorkflow(input: DeprecateWorkflowInput, context: WorkflowContext) {
  return changeStatus(input, 'DEPRECATED', context);
}

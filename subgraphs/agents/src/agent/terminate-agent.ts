import type { AgentsContext } from '../context.ts';
import type { TerminateAgentInput } from '../generated/graphql.ts';
import { changeStatus } from './change-status.ts';

export function terminateAgent(input: TerminateAgentInput, context: AgentsContext) {
  return changeStatus(input, 'TERMINATED', context);
}

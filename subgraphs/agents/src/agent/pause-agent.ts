import type { AgentsContext } from '../context.ts';
import type { PauseAgentInput } from '../generated/graphql.ts';
import { changeStatus } from './change-status.ts';

export function pauseAgent(input: PauseAgentInput, context: AgentsContext) {
  return changeStatus(input, 'PAUSED', context);
}

import type { AgentsContext } from '../context.ts';
import type { ResumeAgentInput } from '../generated/graphql.ts';
import { changeStatus } from './change-status.ts';

export function resumeAgent(input: ResumeAgentInput, context: AgentsContext) {
  return changeStatus(input, 'ACTIVE', context);
}

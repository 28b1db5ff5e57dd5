import { publishAll } from '@forge/events';
import type { Prisma } from '@forge/prisma-agents';
import type { AgentStatus } from './agent.rules.ts';

interface ChangedAgent {
  readonly id: string;
  readonly gatewayId: string;
  readonly status: AgentStatus;
  readonly maxConcurrency: number;
  /** The version that the change has made; it rises with each, and so tells the events of an agent apart. */
  readonly updatedAt: Date;
}

/** Tells other domains how agents are now. */
export function publishAgents(tx: Prisma.TransactionClient, orgId: string, agents: readonly ChangedAgent[]): Promise<void> {
  return publishAll(tx, orgId, agents.map(({ id, gatewayId, status, maxConcurrency, updatedAt }) => ({
    type: 'agents.agent.changed', subject: id, occurredAt: updatedAt, data: { agentId: id, gatewayId, status, maxConcurrency },
  })));
}

import type { Prisma } from '@forge/prisma-agents';
import { answer, checkInput, fault } from '@forge/subgraph-kit';
import type { AgentsContext } from '../context.ts';
import { agentStatusRules, agentTransitions, type AgentStatus } from './agent.rules.ts';
import { publishAgents } from './publish-agents.ts';

interface Locked {
  readonly status: AgentStatus;
  readonly pausedByHand: boolean;
  readonly updatedAt: Date;
}

/** Takes an agent into a state by hand, or leaves it there: who asks for what is so already is answered alike. */
export function changeStatus(input: object, to: 'ACTIVE' | 'PAUSED' | 'TERMINATED', context: AgentsContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(agentStatusRules, input);
    const { orgId } = context.principal;
    const pausedByHand = to === 'PAUSED';
    context.loaders.clear();
    return context.prisma.$transaction(async (tx) => {
      const before = await lockAgent(tx, orgId, id);
      if (before.status === to && before.pausedByHand === pausedByHand) return { agent: await tx.agent.findUnique({ where: { orgId_id: { orgId, id } } }) };
      refuseStale(before, expectedVersion);
      refuseTransition(before, to);
      const agent = await tx.agent.update({ where: { orgId_id: { orgId, id } }, data: { status: to, pausedByHand } });
      if (before.status !== to) await publishAgents(tx, orgId, [agent]);
      return { agent };
    });
  });
}

async function lockAgent(tx: Prisma.TransactionClient, orgId: string, id: string): Promise<Locked> {
  const [row] = await tx.$queryRaw<Locked[]>`
    SELECT "status"::text, "pausedByHand", "updatedAt" FROM "agentRegistry" WHERE "orgId" = ${orgId} AND "id" = ${id} FOR NO KEY UPDATE`;
  if (!row) throw fault('NOT_FOUND', 'id', 'id: leads to no Agent');
  return row;
}

function refuseStale({ updatedAt }: Locked, expectedVersion: Date | null | undefined): void {
  if (!expectedVersion || expectedVersion.getTime() === updatedAt.getTime()) return;
  throw fault('CONFLICT', 'expectedVersion', `expectedVersion: it was changed at ${updatedAt.toISOString()}; read it again and decide anew`);
}

/** What its runtime has paused can be paused by hand on top of that. */
function refuseTransition({ status }: Locked, to: AgentStatus): void {
  const possible: readonly AgentStatus[] = agentTransitions[status];
  if (status === to || possible.includes(to)) return;
  const can = possible.length ? `; from there it can become ${possible.join(' or ')}` : ', which is final';
  throw fault('INVALID_TRANSITION', 'id', `id: the agent is ${status} and cannot become ${to}${can}`);
}

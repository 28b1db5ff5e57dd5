import type { Prisma } from '@forge/prisma-chat';
import { answer, checkInput, fault, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { ChatContext } from '../context.ts';
import type { CreateAgentSessionMemoryInput } from '../generated/graphql.ts';
import { agentSessionMemory } from './agent-session-memory.entity.ts';
import { createAgentSessionMemoryRules } from './agent-session-memory.rules.ts';

export function createAgentSessionMemory(input: CreateAgentSessionMemoryInput, context: ChatContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createAgentSessionMemoryRules, input);
    const { orgId } = context.principal;
    const call = { orgId, operation: 'createAgentSessionMemory', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => {
        await refuseUnlessActive(tx, orgId, data.sessionId);
        return (await tx.agentSessionMemory.create({ data: { ...data, id: newId('AgentSessionMemory'), orgId } })).id;
      }),
    );
    return { agentSessionMemory: await reload(context, agentSessionMemory, id) };
  });
}

/** The session's row is locked until the memory is written, so that it is not completed, and its memories cleared, in between. */
async function refuseUnlessActive(tx: Prisma.TransactionClient, orgId: string, id: string): Promise<void> {
  const [session] = await tx.$queryRaw<{ status: string }[]>`SELECT "status"::text FROM "channelSessions" WHERE "orgId" = ${orgId} AND "id" = ${id} FOR SHARE`;
  if (!session) throw fault('NOT_FOUND', 'sessionId', 'sessionId: leads to no ChannelSession');
  if (session.status !== 'ACTIVE') throw fault('CONFLICT', 'sessionId', `sessionId: the session is ${session.status}; only an ACTIVE one has working contexts`);
}

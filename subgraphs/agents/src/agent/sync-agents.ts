import type { Prisma } from '@forge/prisma-agents';
import { actsFor, answer, checkInput, fault, newId, onceOnly, UserFaults, type UserError } from '@forge/subgraph-kit';
import type { AgentsContext } from '../context.ts';
import type { SyncAgentsInput } from '../generated/graphql.ts';
import { afterLeaving, afterListing, hasChanged, mattersToOthers, syncAgentsRules, type ListedAgent } from './agent.rules.ts';
import { lockAgentsOfGateway, writeAgents, type KnownAgent, type WrittenAgent } from './agents-of-gateway.ts';
import { publishAgents } from './publish-agents.ts';

interface Counts {
  readonly addedCount: number;
  readonly updatedCount: number;
  readonly terminatedCount: number;
}

export async function syncAgents(input: SyncAgentsInput, context: AgentsContext) {
  const { agents, addedCount, updatedCount, terminatedCount, userErrors } = await answer(async () => {
    const { gatewayId, agents: listed, idempotencyKey: key } = checkInput(syncAgentsRules, input);
    if (!actsFor(context.principal, gatewayId, 'agents:write')) throw fault('FORBIDDEN', 'gatewayId', 'gatewayId: a runtime lists the agents of its own gateway alone');
    const { orgId } = context.principal;
    context.loaders.clear();
    return context.prisma.$transaction(async (tx) => {
      const counts = await onceOnly(tx, { orgId, operation: 'syncAgents', key, input }, async () =>
        JSON.stringify(await sync(tx, { orgId, gatewayId, listed, now: context.now() })));
      const present = await tx.agent.findMany({ where: { orgId, gatewayId, status: { not: 'TERMINATED' } }, orderBy: { agentId: 'asc' } });
      return { agents: present, ...(JSON.parse(counts) as Counts) };
    });
  });
  return { agents, addedCount: addedCount ?? 0, updatedCount: updatedCount ?? 0, terminatedCount: terminatedCount ?? 0, userErrors };
}

interface Sync {
  readonly orgId: string;
  readonly gatewayId: string;
  readonly listed: readonly ListedAgent[];
  readonly now: Date;
}

/** Makes a gateway's agents what it has listed. All that it decides by is locked, and all that it writes is one statement. */
async function sync(tx: Prisma.TransactionClient, { orgId, gatewayId, listed, now }: Sync): Promise<Counts> {
  const locked = await lockAgentsOfGateway(tx, orgId, gatewayId, listed.map(({ agentId }) => agentId));
  const known = new Map(locked.map((agent) => [agent.agentId, agent]));
  refuse([...terminatedAmong(listed, known), ...unknownDefinitionsAmong(listed, await definitionsOf(tx, orgId, listed))]);

  const [added, seen]: [WrittenAgent[], WrittenAgent[]] = [[], []];
  for (const each of listed) {
    const before = known.get(each.agentId);
    const agent = { id: before?.id ?? newId('Agent'), agentId: each.agentId, lastSeenAt: now, ...afterListing(before, each) };
    (before ? seen : added).push(agent);
    known.delete(each.agentId);
  }
  const gone = [...known.values()].map(({ id, agentId, lastSeenAt, ...before }): WrittenAgent => ({ id, agentId, lastSeenAt, ...afterLeaving(before) }));

  const byId = new Map(locked.map((agent) => [agent.id, agent]));
  const written = await writeAgents(tx, orgId, gatewayId, [...added, ...seen, ...gone]);
  await publishAgents(tx, orgId, written.filter((agent) => mattersToOthers(byId.get(agent.id), agent)).map((agent) => ({ gatewayId, ...agent })));
  const updated = seen.filter((agent) => hasChangedSince(byId.get(agent.id), agent));
  return { addedCount: added.length, updatedCount: updated.length, terminatedCount: gone.length };
}

function hasChangedSince(before: KnownAgent | undefined, { id: _, agentId: __, lastSeenAt: ___, ...now }: WrittenAgent): boolean {
  return before !== undefined && hasChanged(before, now);
}

function refuse(faults: readonly UserError[]): void {
  if (faults.length) throw new UserFaults(...faults);
}

function terminatedAmong(listed: readonly ListedAgent[], known: ReadonlyMap<string, KnownAgent>): UserError[] {
  return listed.flatMap(({ agentId }, i): UserError[] => {
    if (known.get(agentId)?.status !== 'TERMINATED') return [];
    const message = `agentId: "${agentId}" is TERMINATED on this gateway, which is final; leave it out, or list it under a new id`;
    return [{ code: 'INVALID_TRANSITION', message, path: ['input', 'agents', String(i), 'agentId'] }];
  });
}

async function definitionsOf(tx: Prisma.TransactionClient, orgId: string, listed: readonly ListedAgent[]): Promise<Set<string>> {
  const ids = new Set(listed.flatMap(({ definitionId }) => definitionId ?? []));
  if (ids.size === 0) return new Set();
  return new Set((await tx.agentDefinition.findMany({ where: { orgId, id: { in: [...ids] } }, select: { id: true } })).map(({ id }) => id));
}

function unknownDefinitionsAmong(listed: readonly ListedAgent[], definitions: ReadonlySet<string>): UserError[] {
  return listed.flatMap(({ definitionId }, i): UserError[] => {
    if (definitionId == null || definitions.has(definitionId)) return [];
    return [{ code: 'NOT_FOUND', message: 'definitionId: leads to no AgentDefinition', path: ['input', 'agents', String(i), 'definitionId'] }];
  });
}

import type { Prisma } from '@forge/prisma-agents';
import { newId } from '@forge/subgraph-kit';
import { createPatch } from 'rfc6902';

type Definition = Prisma.AgentDefinitionGetPayload<object>;

interface Change {
  changedById?: string | null | undefined;
  reason?: string | null | undefined;
}

/**
 * Writes the revision of a change to a definition: its state now, and the JSON Patch (RFC 6902) from the state before.
 * Belongs into the transaction that has just written the definition: the lock on its row orders the revisions.
 */
export async function recordRevision(tx: Prisma.TransactionClient, definition: Definition, change: Change): Promise<void> {
  const { orgId, id: definitionId } = definition;
  const last = await tx.agentConfigRevision.findFirst({ where: { orgId, definitionId }, orderBy: { revision: 'desc' } });
  const snapshot = snapshotOf(definition);
  await tx.agentConfigRevision.create({
    data: {
      id: newId('AgentConfigRevision'),
      orgId,
      definitionId,
      revision: (last?.revision ?? 0) + 1,
      patch: createPatch(last?.snapshot ?? {}, snapshot) as unknown as Prisma.InputJsonArray,
      snapshot,
      changedById: change.changedById ?? null,
      reason: change.reason ?? null,
    },
  });
}

/** What a definition says, as JSON: without its keys and without the times of its writing. */
function snapshotOf({ id: _id, orgId: _orgId, createdAt: _createdAt, updatedAt: _updatedAt, ...said }: Definition): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(said)) as Prisma.InputJsonObject;
}

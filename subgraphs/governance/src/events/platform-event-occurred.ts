import type { DomainEvent } from '@forge/events';
import type { Prisma } from '@forge/prisma-governance';
import { newId } from '@forge/subgraph-kit';

/** Keeps what operators want to know, under the name of the domain that tells it. */
export async function platformEventOccurred(
  tx: Prisma.TransactionClient, { orgId, source, time, data }: Pick<DomainEvent<'platform.event.occurred'>, 'orgId' | 'source' | 'time' | 'data'>,
): Promise<void> {
  const { payload, ...said } = data;
  await tx.platformEvent.create({ data: { ...said, payload: payload as Prisma.InputJsonObject, id: newId('PlatformEvent'), orgId, source, occurredAt: time } });
}

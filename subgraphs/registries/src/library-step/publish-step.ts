import { publish, type EventData } from '@forge/events';
import type { Prisma } from '@forge/prisma-registries';

/** Tells other domains what a step of this name says since `occurredAt`; null: there is none any more. */
export function publishStep(tx: Prisma.TransactionClient, orgId: string, { id, name }: { readonly id: string; readonly name: string }, definition: unknown, occurredAt: Date): Promise<void> {
  const data: EventData<'registries.library-step.changed'> = { name, definition: definition as Record<string, unknown> | null };
  return publish(tx, orgId, { type: 'registries.library-step.changed', subject: id, data, occurredAt });
}

import type { EventData } from '@forge/events';
import type { Prisma } from '@forge/prisma-workflow';

interface LibraryStepChanged {
  readonly orgId: string;
  readonly time: Date;
  readonly data: EventData<'registries.library-step.changed'>;
}

/** Keeps what is known of a reusable step up to date: the newest event counts, in whatever order they come. */
export async function libraryStepChanged(tx: Prisma.TransactionClient, { orgId, time, data }: LibraryStepChanged): Promise<void> {
  const definition = data.definition && JSON.stringify(data.definition);
  await tx.$executeRaw`
    INSERT INTO "knownLibrarySteps" AS known ("orgId", "name", "definition", "changedAt")
    VALUES (${orgId}, ${data.name}, ${definition}::jsonb, ${time})
    ON CONFLICT ("orgId", "name") DO UPDATE SET "definition" = EXCLUDED."definition", "changedAt" = EXCLUDED."changedAt"
      WHERE known."changedAt" <= EXCLUDED."changedAt"`;
}

import type { Retention } from '@forge/jobs';
import type { PrismaClient } from '@forge/prisma-factories';

/** What this domain forgets with time: nothing but what every domain does. */
export const retention: readonly Retention<PrismaClient>[] = [];

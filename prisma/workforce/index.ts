import { PrismaPg } from '@prisma/adapter-pg';

export { Prisma, PrismaClient } from './generated/client.ts';

/** Puts Prisma on the pool that the subgraph's reads use. */
export const prismaAdapter = (pool: ConstructorParameters<typeof PrismaPg>[0]) => new PrismaPg(pool);

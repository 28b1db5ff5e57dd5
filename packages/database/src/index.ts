export { startEmbedded, type EmbeddedServer } from './embedded/server.ts';
export { startThrowAway } from './embedded/throw-away.ts';
export { generatePrismaClients } from './generate-prisma.ts';
export { writeMigration } from './migrations/diff.ts';
export { checkDrift } from './migrations/drift.ts';
export { migrate } from './migrations/migrate.ts';
export { openDomain } from './open-domain.ts';
export { databaseVariables, startDatabase, type Database } from './start-database.ts';
export { urlOf, withoutPassword } from './urls.ts';

import { OperatorError } from '@forge/config';
import { generatePrismaClients } from '@forge/database';
import { join } from 'node:path';
import { listDomains } from './domains.ts';

// The only place of this process where the environment is read: commands are given it.
const forge = { env: process.env, projectDir: join(import.meta.dirname, '../../..') };

try {
  // A fresh clone has no Prisma clients, and what the commands import needs them.
  await generatePrismaClients(forge.projectDir, listDomains(forge.projectDir));
  const { createProgram } = await import('./program.ts');
  await createProgram(forge).parseAsync();
} catch (error) {
  console.error(error instanceof OperatorError ? error.message : error);
  process.exitCode = 1;
}

import { OperatorError } from '@forge/config';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { schemaFiles } from './migrations/files.ts';

/**
 * Generates the Prisma clients of `domains` into `prisma/<domain>/generated/`, those whose schema has changed since the
 * last time. Answers the domains that were generated. Needs no network: generating never calls the schema engine, which
 * the CLI would otherwise download, so any program stands in for it.
 */
export async function generatePrismaClients(projectDir: string, domains: readonly string[]): Promise<string[]> {
  const generated: string[] = [];
  for (const domain of domains) {
    const folder = join(projectDir, 'prisma', domain);
    const stamp = join(folder, 'generated/.schema-hash');
    const hash = hashOf(folder);
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) continue;
    const cli = prismaCli(folder, domain);
    await promisify(execFile)(process.execPath, [cli, 'generate'], {
      cwd: folder,
      env: { PATH: '/usr/bin:/bin', PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    }).catch((error: unknown) => {
      throw new OperatorError(`${domain}: no Prisma client can be made of its schema.\n${(error as { stderr: string }).stderr.trim()}`, { cause: error });
    });
    writeFileSync(stamp, hash);
    generated.push(domain);
  }
  return generated;
}

function prismaCli(folder: string, domain: string): string {
  try {
    return join(createRequire(join(folder, 'package.json')).resolve('prisma/package.json'), '../build/index.js');
  } catch (error) {
    throw new OperatorError(`${domain}: its dependencies are not installed; run \`npx pnpm install\` in the project's folder`, { cause: error });
  }
}

function hashOf(folder: string): string {
  const hash = createHash('sha256');
  for (const { path, content } of schemaFiles(folder)) hash.update(path).update('\0').update(content).update('\0');
  return hash.update(readFileSync(join(folder, 'package.json'))).digest('hex');
}

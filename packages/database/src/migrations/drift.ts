import { randomBytes } from 'node:crypto';
import { urlOf } from '../urls.ts';
import { withClient } from '../with-client.ts';
import { diffSql, pendingDiff } from './diff.ts';
import { createEngine } from './engine.ts';
import { schemaFiles } from './files.ts';
import { migrate } from './migrate.ts';
import { structureOf, type Part } from './structure.ts';

/**
 * Where a domain's schema files and its migrations disagree, a sentence each; none when they agree. Two databases are
 * made for it on the server of `adminUrl`, one by the migrations and one straight from the schema files, and dropped.
 * Defaults, constraints, partial indexes, partitions and triggers that only the migrations have are theirs to add.
 */
export async function checkDrift({ adminUrl, domain, schemaDir }: { adminUrl: string; domain: string; schemaDir: string }): Promise<string[]> {
  const { engine, close } = await createEngine(adminUrl);
  const [pending, direct] = await Promise.all([
    pendingDiff(engine, schemaDir),
    diffSql(engine, { tag: 'empty' }, { tag: 'schemaDatamodel', files: schemaFiles(schemaDir) }),
  ]).finally(close);
  if (pending) return [`${domain}: the schema files have changed since the newest migration; write the next with: pnpm forge db diff ${domain} <name>`];

  const migrated = await withDatabase(adminUrl, async (url) => {
    await migrate({ url, domain, schemaDir });
    return withClient(url, structureOf);
  });
  const wanted = await withDatabase(adminUrl, (url) => withClient(url, async (client) => {
    await client.query(direct);
    return structureOf(client);
  }));
  const additionsAllowed: Part['kind'][] = ['default', 'index', 'reference'];
  return [
    ...lacking(migrated, wanted).map(({ says }) => `${domain}: the schema files have ${says}; the migrations do not`),
    ...lacking(wanted, migrated).filter(({ kind }) => !additionsAllowed.includes(kind)).map(({ says }) => `${domain}: the migrations have ${says}; the schema files do not`),
  ];
}

function lacking(parts: Part[], expected: Part[]): Part[] {
  const there = new Set(parts.map(({ says }) => says));
  return expected.filter(({ says }) => !there.has(says));
}

async function withDatabase<T>(adminUrl: string, use: (url: string) => Promise<T>): Promise<T> {
  const name = `forge_drift_${randomBytes(6).toString('hex')}`;
  await withClient(adminUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  try {
    return await use(urlOf(adminUrl, name));
  } finally {
    await withClient(adminUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  }
}

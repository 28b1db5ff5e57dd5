import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { seedIfEmpty } from './seed.ts';

const domains = readdirSync(join(import.meta.dirname, '../../../prisma')).sort();
const now = new Date('2026-11-23T10:00:00.000Z');

let databases: TestDatabase[];
let urls: Map<string, string>;
beforeEach(async () => {
  databases = await Promise.all(domains.map((domain) => createTestDatabase(domain)));
  urls = new Map(domains.map((domain, i) => [domain, databases[i]?.url ?? '']));
});
afterEach(() => Promise.all(databases.map((database) => database.drop())));

const ask = <R extends Record<string, unknown>>(domain: string, sql: string) => runSql<R>(urls.get(domain) ?? '', sql);
const ids = async (domain: string, column: string, table: string) => (await ask<{ id: string }>(domain, `SELECT DISTINCT "${column}" AS id FROM "${table}" WHERE "${column}" IS NOT NULL`)).map(({ id }) => id);

test('an empty platform is filled once; the second call changes nothing', async () => {
  expect(await seedIfEmpty({ urls, now, runs: 40 })).toBe('seeded');
  expect(await ids('workflow', 'id', 'workflowRuns')).toHaveLength(44);
  expect(await seedIfEmpty({ urls, now: new Date(), runs: 50 })).toBe('seeded before');
  expect(await ids('workflow', 'id', 'workflowRuns')).toHaveLength(44);
});

test('of two calls at once one fills, the other finds it filled', async () => {
  const outcomes = await Promise.all([seedIfEmpty({ urls, now, runs: 20 }), seedIfEmpty({ urls, now: new Date('2026-11-22T10:00:00Z'), runs: 20 })]);
  expect(outcomes.toSorted()).toEqual(['seeded', 'seeded before']);
});

test('a platform with a single row of its own stays as it is', async () => {
  await ask('agents', `INSERT INTO "agentTemplates" ("id", "orgId", "category", "name", "config") VALUES ('atp_1', 'org_1', 'Own', 'Own', '{}')`);
  expect(await seedIfEmpty({ urls, now, runs: 20 })).toBe('not empty');
  expect(await ids('workflow', 'id', 'workflows')).toEqual([]);
});

test('given up in the middle, the rest is filled the next time with what belongs to it', async () => {
  const stop = new AbortController();
  const giveUp = seedIfEmpty({ urls, now, runs: 60, signal: stop.signal, onProgress: (line) => line.startsWith('analytics') && stop.abort() });
  await expect(giveUp).rejects.toThrow('aborted');
  expect([(await ids('agents', 'id', 'agentRegistry')).length > 0, (await ids('workflow', 'id', 'workflows')).length]).toEqual([true, 0]);

  expect(await seedIfEmpty({ urls, now: new Date('2026-12-24T10:00:00Z'), runs: 60 })).toBe('seeded');
  const runs = await ids('workflow', 'id', 'workflowRuns');
  expect(runs).toEqual(expect.arrayContaining(await ids('analytics', 'runId', 'tokenEvents')));
});

test('every value of every enum occurs', async () => {
  await seedIfEmpty({ urls, now, runs: 600 });
  for (const domain of domains) {
    const columns = await ask<{ table: string; column: string; enum: string }>(domain, `
      SELECT relname AS table, attname AS column, typname AS enum FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
      WHERE typtype = 'e' AND relkind IN ('r', 'p') AND NOT relispartition`);
    expect(columns.length).toBeGreaterThan(1);
    for (const { table, column, enum: type } of columns) {
      const missing = await ask(domain, `SELECT value FROM unnest(enum_range(NULL::"${type}")) AS value EXCEPT SELECT "${column}" FROM "${table}"`);
      expect({ table, column, missing }).toEqual({ table, column, missing: [] });
    }
  }
});

import { seedIfEmpty } from '@forge/demo-data';
import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { join } from 'node:path';
import { readModel, references } from '../scaffold/model.ts';

const model = readModel(join(import.meta.dirname, '../../../..'));
let databases: Map<string, TestDatabase>;
beforeAll(async () => {
  databases = new Map(await Promise.all(model.domains.map(async (domain) => [domain, await createTestDatabase(domain)] as const)));
  await seedIfEmpty({ urls: new Map([...databases].map(([domain, { url }]) => [domain, url])), now: new Date('2026-11-23T10:00:00Z'), runs: 200 });
}, 120_000);
afterAll(async () => {
  for (const database of databases.values()) await database.drop();
});

const read = async (domain: string, sql: string) => (await runSql<{ id: string }>(databases.get(domain)?.url ?? '', sql)).map(({ id }) => id);

test.each(model.entities.flatMap((entity) => references(entity).map((field) => ({ name: `${entity.name}.${field.name}`, entity, field }))))('$name is used, and leads to rows of its own organisation', async ({ entity, field }) => {
  const column = field.list ? `unnest("${field.name}")` : `"${field.name}"`;
  const used = await read(entity.domain, `SELECT DISTINCT "orgId" || ' ' || id AS id FROM (SELECT "orgId", ${column} AS id FROM "${entity.table}") AS all_rows WHERE id IS NOT NULL`);
  const target = model.entity(field.target);
  const there = new Set(await read(target.domain, `SELECT "orgId" || ' ' || id AS id FROM "${target.table}"`));
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((id) => !there.has(id))).toEqual([]);
});

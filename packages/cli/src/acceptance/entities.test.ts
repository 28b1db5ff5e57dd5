import { demoPrincipal } from '@forge/auth';
import { seedIfEmpty } from '@forge/demo-data';
import { newId, timeOfId, type Subgraph, type TypeName } from '@forge/subgraph-kit';
import { createTestDatabase, recordStatements, runSql, type TestDatabase } from '@forge/testing';
import { join } from 'node:path';
import { pino } from 'pino';
import { startSubgraphs } from '../platform.ts';
import { readModel } from '../scaffold/model.ts';

const model = readModel(join(import.meta.dirname, '../../../..'));
const statements = recordStatements();
let databases: Map<string, TestDatabase>;
let subgraphs: Map<string, Subgraph>;
beforeAll(async () => {
  databases = new Map(await Promise.all(model.domains.map(async (domain) => [domain, await createTestDatabase(domain)] as const)));
  const urls = new Map([...databases].map(([domain, { url }]) => [domain, url]));
  await seedIfEmpty({ urls, now: new Date('2026-11-23T10:00:00Z'), runs: 200 });
  subgraphs = new Map((await startSubgraphs(urls, { logger: pino({ level: 'silent' }), onSql: statements.onSql, jobs: false })).map((subgraph) => [subgraph.name, subgraph]));
}, 120_000);
afterAll(async () => {
  for (const subgraph of subgraphs.values()) await subgraph.close();
  for (const database of databases.values()) await database.drop();
});

test.each(model.entities)('100 representations of $name are one statement; order is kept, unknown and foreign ones are null', async ({ name, domain, table }) => {
  const { url } = databases.get(domain) ?? { url: '' };
  const rows = await runSql<{ id: string; own: boolean }>(url, `SELECT id, "orgId" = $1 AS own FROM "${table}" ORDER BY id`, [demoPrincipal.orgId]);
  const own = rows.filter((row) => row.own).map(({ id }) => id).slice(0, 40);
  const foreign = rows.filter((row) => !row.own).map(({ id }) => id);
  expect([own.length > 0, foreign.length > 0]).toEqual([true, true]);

  const asked = Array.from({ length: 100 }, (_, i) => {
    if (i % 5 === 3) return foreign[i % foreign.length] as string;
    return i % 5 === 4 ? newId(name as TypeName, name === 'TokenEvent' ? timeOfId(own[0] as string) : undefined) : (own[i % own.length] as string);
  });
  statements.clear();
  const { data, errors } = (await subgraphs.get(domain)?.execute({
    query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on ${name} { id createdAt } } }`,
    variables: { representations: asked.map((id) => ({ __typename: name, id })) },
  }, { principal: demoPrincipal })) ?? {};

  expect(errors).toBeUndefined();
  expect((data?.['_entities'] as ({ id: string } | null)[]).map((entity) => entity?.id ?? null)).toEqual(asked.map((id) => (own.includes(id) ? id : null)));
  expect(statements.texts).toHaveLength(1);
});

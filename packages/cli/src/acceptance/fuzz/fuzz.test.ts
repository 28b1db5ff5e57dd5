import { demoPrincipal } from '@forge/auth';
import { createRandom, organisations, seedIfEmpty } from '@forge/demo-data';
import { defaultSettings } from '@forge/gateway';
import { newId, type TypeName } from '@forge/subgraph-kit';
import { runSql } from '@forge/testing';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { join } from 'node:path';
import { readModel, references, type Model } from '../../scaffold/model.ts';
import { camel, plural } from '../../scaffold/names.ts';
import { startTestPlatform, type TestPlatform } from '../test-platform.ts';
import { mostAliases, startSplitPlatform } from './start-split-platform.ts';
import { createGenerator } from './generate.ts';
import type { Ids } from './generate-values.ts';

const [ours, theirs] = organisations;
const now = new Date('2026-11-23T10:00:00Z');
const random = createRandom(4_711);
// Some lists within lists are dearer than anyone may ask for.
const expected = new Set<string | undefined>(['BAD_USER_INPUT', 'COST_LIMIT_EXCEEDED']);
const model = readModel(join(import.meta.dirname, '../../../../..'));

let both: TestPlatform;
let alone: TestPlatform;
let split: Awaited<ReturnType<typeof startSplitPlatform>>;
beforeAll(async () => {
  const seed = (of: typeof organisations | readonly [typeof ours]) => (urls: ReadonlyMap<string, string>) => seedIfEmpty({ urls, now, runs: 60, of });
  const front = { shape: { ...defaultSettings.shape, aliases: mostAliases } };
  both = await startTestPlatform(seed(organisations), front);
  alone = await startTestPlatform(seed([ours]), front);
  split = await startSplitPlatform(seed(organisations));
}, 300_000);
afterAll(async () => {
  for (const platform of [both, alone, split]) await platform.close();
});

/** Ids and cursors of the other organisation's rows. */
async function theirIds(platform: TestPlatform): Promise<Ids> {
  const rows = await Promise.all(model.entities.map(async ({ name, domain, table }) => [name, (await runSql<{ id: string }>(platform.urls.get(domain) ?? '', `SELECT id FROM "${table}" WHERE "orgId" = $1`, [theirs.orgId])).map(({ id }) => id)] as const));
  const pool = new Map(rows);
  const cursors = await theirCursors(platform);
  const of = (type: string) => {
    const known = pool.get(type) ?? [];
    // Of some types a small organisation has no rows.
    return known.length > 0 ? random.pick(known) : newId(type as TypeName);
  };
  return {
    of,
    any: () => of(random.pick([...pool.keys()])),
    cursorOf: (type) => cursors.get(type),
    referredBy: (entity, field) => referencesOf(model, entity)?.find(({ name }) => name === field)?.target,
  };
}

async function theirCursors(platform: TestPlatform): Promise<Map<string, string>> {
  const principal = { ...demoPrincipal, orgId: theirs.orgId, subject: theirs.adminId };
  const found = await Promise.all(model.entities.map(async ({ name }) => {
    const { data } = await platform.ask<{ page: { pageInfo: { endCursor: string | null } } }>(`{ page: ${plural(camel(name))}(first: 2) { pageInfo { endCursor } } }`, {}, principal);
    return [name, data?.page.pageInfo.endCursor] as const;
  }));
  return new Map(found.flatMap(([name, cursor]) => (cursor == null ? [] : [[name, cursor] as const])));
}

function referencesOf(of: Model, entity: string) {
  return of.entities.some(({ name }) => name === entity) ? references(of.entity(entity)) : undefined;
}

/** What their rows say, as one hash a domain. */
async function theirRows(platform: TestPlatform): Promise<Record<string, string>> {
  const sums = await Promise.all(model.entities.map(async ({ name, domain, table }) => {
    const [row] = await runSql<{ sum: string }>(platform.urls.get(domain) ?? '', `SELECT count(*) || md5(string_agg(each::text, '' ORDER BY id)) AS sum FROM "${table}" AS each WHERE "orgId" = $1`, [theirs.orgId]);
    return [name, row?.sum ?? ''] as const;
  }));
  return Object.fromEntries(sums);
}

/**
 * An answer with what may differ from platform to platform taken out: the order of errors, which fetches bring in as they
 * come, and the ids, times and secrets, in cursors too, of rows that the fuzz itself has made.
 */
function comparable({ data, errors = [] }: { data?: unknown; errors?: readonly object[] }, seeded: ReadonlySet<string>): string {
  const sorted = { data, errors: errors.map((error) => JSON.stringify(error)).toSorted() };
  const withCursors = JSON.stringify(sorted).replace(/\bWyJ[\w-]+/g, (cursor) => Buffer.from(cursor, 'base64url').toString());
  return withCursors.replace(/whsec_[\w+/=]+|forge_(sk|gt)_[\w-]+/g, 'SECRET').replace(/\b[a-z]{2,3}_[0-9a-hjkmnp-tv-z]{26}\b/g, (id) => (seeded.has(id) ? id : 'NEW')).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) => (Date.parse(time) > Date.now() - 3_600_000 ? 'NOW' : time));
}

async function seededIds(platform: TestPlatform): Promise<Set<string>> {
  const ids = await Promise.all(model.entities.map(({ domain, table }) => runSql<{ id: string }>(platform.urls.get(domain) ?? '', `SELECT id FROM "${table}"`)));
  return new Set(ids.flat().map(({ id }) => id));
}

test('2,000 operations over another organisation\'s ids answer as if it did not exist, the same from eleven processes, and leave its rows as they are', async () => {
  const schema = buildClientSchema(await both.data<IntrospectionQuery>(getIntrospectionQuery()));
  const ids = await theirIds(both);
  const { query, mutation } = createGenerator(schema, random, ids);
  const operations = Array.from({ length: 2_000 }, (_, i) => (i % 4 === 3 ? mutation() : query()));
  const [before, seeded] = [await theirRows(both), await seededIds(both)];
  expect(Object.values(before).filter((sum) => sum !== '').length).toBeGreaterThan(60);

  const unexpected: object[] = [];
  let answered = 0;
  for (const operation of operations) {
    const answers = await Promise.all([both, alone, split].map((platform) => platform.ask(operation)));
    const [here, without, apart] = answers.map((answer) => comparable(answer as { data?: unknown }, seeded));
    expect({ operation, answer: here }).toEqual({ operation, answer: without });
    expect({ operation, answer: apart }).toEqual({ operation, answer: here });
    const errors = answers[0]?.errors ?? [];
    if (errors.length === 0) answered++;
    unexpected.push(...errors.filter(({ extensions }) => !expected.has(extensions?.code)).map((error) => ({ operation, error })));
  }
  expect(unexpected).toEqual([]);
  expect(answered).toBeGreaterThan(operations.length / 2);
  expect(await theirRows(both)).toEqual(before);
}, 900_000);

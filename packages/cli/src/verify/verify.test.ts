import { seedIfEmpty } from '@forge/demo-data';
import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { join } from 'node:path';
import { listDomains } from '../domains.ts';
import { lineOf } from './findings.ts';
import { connect } from './reader.ts';
import { verify } from './verify.ts';

let databases: Map<string, TestDatabase>;
let urls: Map<string, string>;
beforeAll(async () => {
  const domains = listDomains(join(import.meta.dirname, '../../../..'));
  databases = new Map(await Promise.all(domains.map(async (domain) => [domain, await createTestDatabase(domain)] as const)));
  urls = new Map([...databases].map(([domain, { url }]) => [domain, url]));
  await seedIfEmpty({ urls, now: new Date('2026-11-23T10:00:00Z'), runs: 60 });
}, 60_000);
afterAll(async () => {
  for (const database of databases.values()) await database.drop();
});

/** Changes rows behind the back of every trigger, and answers the first of them. */
async function tamper(domain: string, statement: string): Promise<Record<string, string>> {
  const url = new URL(urls.get(domain) ?? '');
  url.searchParams.set('options', '-c session_replication_role=replica');
  return (await runSql<Record<string, string>>(url.href, statement))[0] ?? {};
}

async function look() {
  const said: string[] = [];
  const { differences, checked, leftOut } = await verify({ urls, waitSeconds: 0, say: (line) => said.push(line) });
  return { said, lines: differences.map(lineOf).sort(), checked: Object.fromEntries(checked), leftOut: Object.fromEntries(leftOut) };
}

test('the demo data adds up, and all of it was looked at', async () => {
  const { said, lines, checked } = await look();
  expect(lines).toEqual([]);
  const count = async (domain: string, table: string) => Number((await runSql<{ count: string }>(urls.get(domain) ?? '', `SELECT count(*) FROM "${table}"`))[0]?.count);
  expect(checked).toMatchObject({
    aggregates: await count('analytics', 'costAggregates'), runs: await count('workflow', 'workflowRuns'), attempts: await count('workflow', 'stepResults'), budgets: 40,
    'ledger entries': await count('budget', 'budgetTransactions'), 'token events': await count('analytics', 'tokenEvents'), 'factory token events': await count('factories', 'factoryTokenEvents'),
  });
  expect(checked['debits of token events']).toBeGreaterThan(10);
  expect(said).toEqual([expect.stringMatching(/^events: \d+ on their way, 0 set aside$/), expect.stringMatching(/^checked: /), expect.stringMatching(/^left out: [\d,]+ debits that demo data has in sums$/), 'no difference']);
});

test('each row that was tampered with is told of, and nothing else', async () => {
  const aggregate = await tamper('analytics', `UPDATE "costAggregates" SET "costCents" = 7 WHERE "id" = (SELECT "id" FROM "costAggregates" WHERE "period" = 'DAILY' AND "scopeType" = 'MODEL' LIMIT 1)
    RETURNING "scopeId", to_char("bucketStart" AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day`);
  const leaf = await tamper('workflow', `UPDATE "workflowRuns" SET "totalCostCents" = "totalCostCents" + 0.0000000001 WHERE "id" = (SELECT max("id") FROM "workflowRuns" WHERE "parentRunId" IS NOT NULL) RETURNING "id"`);
  const parent = await tamper('workflow', `UPDATE "workflowRuns" SET "totalTokens" = 1 WHERE "id" = (SELECT max("parentRunId") FROM "workflowRuns") RETURNING "id"`);
  const attempt = await tamper('workflow', `UPDATE "stepResults" SET "inputTokens" = 5 WHERE "id" = (SELECT max("id") FROM "stepResults" WHERE "costCents" > 0) RETURNING "id"`);
  const ended = await tamper('workflow', `UPDATE "stepResults" SET "status" = 'FAILED', "leaseExpiresAt" = NULL WHERE "id" = (SELECT max("id") FROM "stepResults" WHERE "status" = 'RUNNING') RETURNING "id"`);

  const budget = await tamper('budget', `UPDATE "budgets" SET "spentCents" = 3, "entryCount" = "entryCount" + 1 WHERE "id" = (SELECT min("id") FROM "budgets" WHERE NOT "hardLimit") RETURNING "id"`);
  const sum = await tamper('budget', `UPDATE "budgetTransactions" SET "amountCents" = "amountCents" + 1 WHERE "id" = (SELECT max("id") FROM "budgetTransactions" WHERE "idempotencyKey" LIKE 'day:%') RETURNING "id"`);
  const credit = await tamper('budget', `UPDATE "budgetTransactions" SET "spentAfterCents" = 0 WHERE "id" = (SELECT min("id") FROM "budgetTransactions" WHERE "idempotencyKey" LIKE 'day:%') RETURNING "id"`);
  const calls = `SELECT "id" FROM "budgetTransactions" WHERE "type" = 'DEBIT' AND "tokenEventId" IS NOT NULL ORDER BY "id"`;
  const cheap = await tamper('budget', `UPDATE "budgetTransactions" SET "amountCents" = 0 WHERE "id" = (${calls} LIMIT 1) RETURNING "id"`);
  const forgotten = await tamper('budget', `UPDATE "budgetTransactions" SET "tokenEventId" = NULL FROM (${calls} OFFSET 1 LIMIT 1) AS chosen, LATERAL (SELECT "tokenEventId" AS event FROM "budgetTransactions" AS old WHERE old."id" = chosen."id") AS old
    WHERE "budgetTransactions"."id" = chosen."id" RETURNING "budgetId", old.event`);
  const twice = await tamper('budget', `WITH chosen AS (SELECT * FROM "budgetTransactions" WHERE "id" = (${calls} OFFSET 2 LIMIT 1)), moved AS (
      UPDATE "budgets" AS budget SET "spentCents" = "spentCents" + chosen."amountCents", "entryCount" = "entryCount" + 1, "hardLimit" = false FROM chosen WHERE budget."id" = "budgetId" RETURNING budget.*)
    INSERT INTO "budgetTransactions" ("id", "orgId", "budgetId", "sequence", "type", "amountCents", "spentAfterCents", "reservedAfterCents", "tokenEventId", "idempotencyKey", "occurredAt")
    SELECT 'btx_once_more', chosen."orgId", "budgetId", "entryCount", "type", chosen."amountCents", "spentCents", "reservedCents", "tokenEventId", 'once more', now() FROM chosen, moved RETURNING "budgetId", "tokenEventId" AS event`);
  const reservation = await tamper('budget', `UPDATE "budgetReservations" SET "remainingCents" = 1 WHERE "id" = (SELECT min("id") FROM "budgetReservations" WHERE "status" = 'OPEN') RETURNING "id"`);

  const attributed = await tamper('factories', `UPDATE "factoryTokenEvents" SET "totalTokens" = 2 WHERE "id" = (SELECT min("id") FROM "factoryTokenEvents") RETURNING "id"`);
  const lost = await tamper('factories', `DELETE FROM "factoryTokenEvents" WHERE "id" = (SELECT max("id") FROM "factoryTokenEvents") RETURNING "tokenEventId" AS event, "factoryId"`);

  const { lines, said } = await look();
  const beginnings = [
    `DAILY aggregate of ${aggregate['day']}T00:00:00.000Z MODEL ${aggregate['scopeId']}: costCents is 7`,
    `run ${leaf['id']}: totalCostCents is `, `run ${parent['id']}: totalTokens is 1, `, `attempt ${attempt['id']}: inputTokens is 5, `,
    `reservation ${ended['id']}: status is OPEN, recomputed its attempt ${ended['id']} is FAILED`, `reservation ${reservation['id']}: remainingCents is 1, recomputed 10`,
    `budget ${budget['id']}: entryCount is `, `budget ${budget['id']}: spentCents is 3, `,
    `ledger entry ${sum['id']}: balance is `, `ledger entry ${credit['id']}: balance is 0 spent, `, `ledger entry ${cheap['id']}: amountCents is 0, `,
    `token event ${forgotten['event']}: debit in ${forgotten['budgetId']} is none`, `token event ${twice['event']}: debit in ${twice['budgetId']} is 2 of `,
    `factory token event ${attributed['id']}: totalTokens is 2, `, `token event ${lost['event']}: attribution to ${lost['factoryId']} is none`,
  ].sort();
  expect(lines).toEqual(beginnings.map((beginning) => expect.stringContaining(beginning)));
  expect(said.at(-1)).toBe(`${beginnings.length} differences`);
});

test('what came from token events that are no longer kept is left out, and counted', async () => {
  const from = '2026-10-12T00:00:00Z';
  const before = await look();
  await tamper('analytics', `DELETE FROM "tokenEvents" WHERE "occurredAt" < '${from}'`);
  await tamper('analytics', `INSERT INTO "compactionState" AS state ("orgId", "eventsFrom") SELECT DISTINCT "orgId", '${from}'::timestamptz FROM "tokenEvents"
    ON CONFLICT ("orgId") DO UPDATE SET "eventsFrom" = EXCLUDED."eventsFrom"`);
  const { lines, leftOut } = await look();
  expect(lines.filter((line) => !before.lines.includes(line))).toEqual([]);
  for (const kind of ['aggregates', 'runs', 'attempts', 'factory token events']) expect({ kind, some: (leftOut[kind] ?? 0) > 0 }).toEqual({ kind, some: true });
});

test('it can write nothing', async () => {
  const connection = await connect(urls.get('budget') ?? '');
  await expect(connection.rows('UPDATE "budgets" SET "name" = \'mine\'')).rejects.toThrow('read-only transaction');
  await connection.freeze();
  await expect(connection.rows('UPDATE "budgets" SET "name" = \'mine\'')).rejects.toThrow('read-only transaction');
  await connection.thaw();
  await connection.close();
});

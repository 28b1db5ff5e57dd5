import type { Subgraph } from '@forge/subgraph-kit';
import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { listDomains } from './domains.ts';
import { startSubgraphs } from './platform.ts';

const databases = new Map<string, TestDatabase>();
let urls: Map<string, string>;
beforeAll(async () => {
  for (const domain of listDomains(join(import.meta.dirname, '../../..'))) databases.set(domain, await createTestDatabase(domain));
  urls = new Map([...databases].map(([domain, { url }]) => [domain, url]));
}, 60_000);
afterAll(async () => {
  for (const database of databases.values()) await database.drop();
});

const sql = (domain: string, text: string) => runSql(urls.get(domain) ?? '', text);
const connections = async () => (await sql('chat', `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)).length;
const logger = pino({ level: 'silent' });
let subgraphs: Subgraph[] = [];
afterEach(() => Promise.all(subgraphs.splice(0).map((subgraph) => subgraph.close())));

test('what one domain tells reaches another, in one process, with the clients that production has', async () => {
  subgraphs = await startSubgraphs(urls, { logger });
  await sql('chat', `INSERT INTO "callbackDedup" ("orgId", "source", "key", "handledAt") VALUES ('org_1', 'm', 'old', now() - interval '2 days')`);
  const chat = subgraphs.find(({ name }) => name === 'chat');
  for (const kept of chat?.retention ?? []) await kept.remove(new Date());
  let events: Record<string, unknown>[] = [];
  const look = async () => (events = await sql('governance', `SELECT "orgId", "type", "source", "severity", "payload" ->> 'what' AS what FROM "platformEvents"`));
  while ((await look()).length === 0) await sleep(20);
  expect(events).toEqual([{ orgId: 'org_1', type: 'retention.removed', source: '/forge/chat', severity: 'INFO', what: 'handled callbacks' }]);
  await Promise.all(subgraphs.splice(0).map((subgraph) => subgraph.close()));
  expect(await sql('chat', `SELECT "deliveredAt" IS NOT NULL AS delivered, "lastError" FROM "eventOutbox"`)).toMatchObject([{ delivered: true }]);
  expect(await connections()).toBe(0);
});

test('where one subgraph cannot start the others are ended, and nothing keeps the process alive', async () => {
  const withoutBudget = new Map([...urls].filter(([domain]) => domain !== 'budget'));
  await expect(startSubgraphs(withoutBudget, { logger })).rejects.toThrow('the budget subgraph has no database');
  expect(await connections()).toBe(0);
});

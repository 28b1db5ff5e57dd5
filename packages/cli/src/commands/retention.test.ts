import { createChatSubgraph } from '@forge/subgraph-chat';
import type { Subgraph } from '@forge/subgraph-kit';
import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { CommanderError, type Command } from 'commander';
import { pino } from 'pino';
import { retain, retentionCommand } from './retention.ts';

const at = new Date('2027-01-01T00:00:00Z');
const { signal } = new AbortController();
let database: TestDatabase;
let chat: Subgraph;
beforeEach(async () => {
  database = await createTestDatabase('chat');
  chat = await createChatSubgraph({ databaseUrl: database.url, logger: pino({ level: 'silent' }) });
  await runSql(database.url, `
    INSERT INTO "callbackDedup" ("orgId", "source", "key", "handledAt")
    SELECT 'org_' || i % 2, 'someMutation', i::text, '2026-12-30T23:59:59Z'::timestamptz FROM generate_series(1, 2001) AS i
    UNION ALL SELECT 'org_1', 'event /forge/budget', i::text, '2026-12-30'::timestamptz FROM generate_series(1, 5) AS i
    UNION ALL SELECT 'org_1', 'event /forge/budget', 'old', '2026-12-01T23:59:59Z'::timestamptz
    UNION ALL SELECT 'org_1', 'someMutation', 'young', '2026-12-31T00:00:00Z'::timestamptz`);
});
afterEach(async () => {
  await chat.close();
  await database.drop();
});

const left = async () => (await runSql(database.url, `SELECT "source", count(*)::int AS rows FROM "callbackDedup" GROUP BY 1 ORDER BY 1`)).map(({ source, rows }) => [source, rows]);
async function said(dryRun: boolean, time = at) {
  const lines: string[] = [];
  await retain([chat], { at: time, dryRun }, (line) => lines.push(line), signal);
  return lines;
}
const rows = ['chat    handled callbacks  org_0         1,000', 'chat    handled callbacks  org_1         1,001', 'chat    handled callbacks  all           2,001', 'chat    handled events     org_1             1', 'chat    handled events     all               1'];

test('a dry run says what would go, by organisation and in sum, and removes nothing', async () => {
  expect(await said(true)).toEqual(['2,002 rows would go at 2027-01-01T00:00:00.000Z.', 'domain  what               organisation   rows', ...rows]);
  expect(await left()).toEqual([['event /forge/budget', 6], ['someMutation', 2002]]);
});

test('it removes what it said, tells each organisation, and then there is nothing to remove', async () => {
  const [heading, columns, ...lines] = await said(false);
  expect(heading).toMatch(/^2,002 rows went, as of 2027-01-01T00:00:00.000Z, in \d+ ms\.$/);
  expect(columns).toBe('domain  what               organisation   rows  took');
  expect(lines.map((line) => line.replace(/ +\d+ ms$/, ''))).toEqual(rows);
  expect(await left()).toEqual([['event /forge/budget', 5], ['someMutation', 1]]);
  expect(await runSql(database.url, `SELECT "orgId", "subscriber", "payload" -> 'payload' ->> 'rows' AS rows FROM "eventOutbox" ORDER BY "sequence"`)).toEqual([
    { orgId: 'org_0', subscriber: 'governance', rows: '1000' }, { orgId: 'org_1', subscriber: 'governance', rows: '1001' }, { orgId: 'org_1', subscriber: 'governance', rows: '1' },
  ]);
  expect(await said(false)).toEqual([expect.stringMatching(/^0 rows went, /)]);
});

test('at another time other rows go', async () => {
  expect((await said(true, new Date('2026-12-01T00:00:00Z')))[0]).toBe('0 rows would go at 2026-12-01T00:00:00.000Z.');
});

test('asked to stop it removes nothing more, and says so', async () => {
  const stopped = AbortSignal.abort(new Error('It was stopped'));
  await expect(retain([chat], { at, dryRun: false }, () => undefined, stopped)).rejects.toThrow('It was stopped');
  expect(await left()).toEqual([['event /forge/budget', 6], ['someMutation', 2002]]);
});

test.each(['tomorrow', '2027', '2027-01-01', '2027-01-01T00:00', '2027-02-30T00:00Z', '2027-01-01T25:00Z', '2027-13-01T00:00Z', ''])('--at %j is no time, and is told so before anything is started', async (text) => {
  const command: Command = retentionCommand({ env: {}, projectDir: '/nowhere' }).exitOverride().configureOutput({ writeErr: () => undefined });
  const fault: unknown = await command.parseAsync(['--at', text, '--dry-run'], { from: 'user' }).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(CommanderError);
  expect(fault).toMatchObject({ message: expect.stringContaining('Give a time with its zone, such as 2027-01-01T00:00Z.') });
});

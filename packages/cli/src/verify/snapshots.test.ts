import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Connection } from './reader.ts';
import { takeSnapshots, thaw } from './snapshots.ts';

let database: TestDatabase;
let connections: Map<string, Connection>;
beforeEach(async () => {
  database = await createTestDatabase('budget');
  connections = new Map([['budget', await connect(database.url)]]);
  await runSql(database.url, `INSERT INTO "eventOutbox" ("id", "orgId", "subscriber", "type", "subject", "payload", "occurredAt") VALUES ('evt_1', 'org_1', 'workflow', 'a', 'b', '{}', now())`);
});
afterEach(async () => {
  for (const connection of connections.values()) await connection.close();
  await database.drop();
});

const deliver = () => runSql(database.url, `UPDATE "eventOutbox" SET "deliveredAt" = now()`);

test('while somebody delivers it waits until nothing is on its way, and holds that moment', async () => {
  const other = await connect(database.url);
  const delivered = sleep(300).then(deliver);
  const snapshots = await takeSnapshots(connections, 20);
  await delivered;
  expect(snapshots).toMatchObject({ pending: 0, setAside: 0, isLive: true });
  await runSql(database.url, 'DELETE FROM "eventOutbox"');
  expect(await snapshots.of('budget').rows('SELECT "id" FROM "eventOutbox"')).toEqual([{ id: 'evt_1' }]);
  await thaw(connections);
  expect(await connections.get('budget')?.rows('SELECT "id" FROM "eventOutbox"')).toEqual([]);
  await other.close();
});

test('it waits no longer than it may, and says what is on its way', async () => {
  const other = await connect(database.url);
  expect(await takeSnapshots(connections, 0.3)).toMatchObject({ pending: 1, setAside: 0, isLive: true });
  await other.close();
});

test('it does not wait where nobody is there to deliver, nor for what is set aside', async () => {
  expect(await takeSnapshots(connections, 600)).toMatchObject({ pending: 1, isLive: false });
  await thaw(connections);
  const other = await connect(database.url);
  await runSql(database.url, `UPDATE "eventOutbox" SET "setAsideAt" = now()`);
  expect(await takeSnapshots(connections, 600)).toMatchObject({ pending: 0, setAside: 1, isLive: true });
  await other.close();
});

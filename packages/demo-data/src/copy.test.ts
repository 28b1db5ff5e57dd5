import { createDatabaseWith } from '@forge/testing';
import pg from 'pg';
import { copyRows } from './copy.ts';

test('every value comes out as it went in, whatever characters it has', async () => {
  const database = await createDatabaseWith('CREATE TABLE "odd" ("words" text, "list" text[], "data" jsonb, "at" timestamptz, "amount" numeric, "is" boolean)');
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const rows = [
    { words: 'tab\t, line\n, return\r, \\N and \\. and "quotes"', list: ['a,b', '{c}', 'd"e', 'f\\g', 'NULL', ''], data: [{ text: 'x\ny\\' }], at: new Date('2026-01-02T03:04:05.678Z'), amount: '1.0000000001', is: true },
    { words: null, list: [], data: {}, at: null, amount: null, is: false },
    { words: 'ünïcödé 🦞', list: ['ß'], data: 'text', at: null, amount: '0', is: null },
  ];
  await copyRows(client, 'odd', rows);
  const { rows: read } = await client.query('SELECT * FROM "odd"');
  await client.end();
  await database.drop();
  expect(read).toEqual(rows);
});

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Row } from './rows.ts';

const rowsPerChunk = 500;

/** Loads rows, all with the columns of the first, by COPY: one statement whatever their number. */
export async function copyRows(client: pg.Client, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const json = await jsonColumns(client, table);
  const line = (row: Row) => `${columns.map((column) => field(row[column], json.has(column))).join('\t')}\n`;
  const names = columns.map((column) => `"${column}"`).join(', ');
  await pipeline(Readable.from(chunks(rows, line)), client.query(copyFrom(`COPY "${table}" (${names}) FROM STDIN`)));
}

async function jsonColumns(client: pg.Client, table: string): Promise<Set<string>> {
  const { rows } = await client.query<{ attname: string }>(
    `SELECT attname FROM pg_attribute WHERE attrelid = to_regclass($1) AND atttypid = 'jsonb'::regtype`,
    [`"${table}"`],
  );
  return new Set(rows.map(({ attname }) => attname));
}

function* chunks(rows: readonly Row[], line: (row: Row) => string): Generator<string> {
  for (let i = 0; i < rows.length; i += rowsPerChunk) yield rows.slice(i, i + rowsPerChunk).map(line).join('');
}

/** A value in COPY's text format: https://www.postgresql.org/docs/current/sql-copy.html, "Text Format". */
function field(value: unknown, isJson: boolean): string {
  if (value === null || value === undefined) return '\\N';
  const text = isJson ? JSON.stringify(value) : Array.isArray(value) ? arrayLiteral(value) : scalar(value);
  return text.replace(/[\\\t\n\r]/g, (special) => `\\${escapes[special] ?? ''}`);
}

function scalar(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\', '\t': 't', '\n': 'n', '\r': 'r' };

function arrayLiteral(values: readonly unknown[]): string {
  return `{${values.map((value) => `"${String(value).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

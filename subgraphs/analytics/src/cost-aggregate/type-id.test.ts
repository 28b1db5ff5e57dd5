import { isIdOf, timeOfId } from '@forge/subgraph-kit';
import { createTestDatabase, runSql, type TestDatabase } from '@forge/testing';

let database: TestDatabase;
beforeAll(async () => (database = await createTestDatabase('analytics')));
afterAll(() => database.drop());

const make = async (count: number, at: string) => (await runSql<{ id: string }>(database.url, `SELECT type_id('cag', $2) AS id FROM generate_series(1, $1)`, [count, at])).map(({ id }) => id);

test.each(['2026-11-20T12:34:56.789Z', '1970-01-01T00:00:00.000Z', '2199-12-31T23:59:59.999Z'])('ids that the database makes are ids of the type and carry %s', async (at) => {
  const ids = await make(1_000, at);
  expect(ids.filter((id) => !isIdOf('CostAggregate', id))).toEqual([]);
  expect(new Set(ids.map((id) => timeOfId(id).toISOString()))).toEqual(new Set([at]));
  expect(new Set(ids).size).toBe(1_000);
});

test('they are UUIDs of version 7 in every bit that is not random, and differ in every one that is', async () => {
  const uuids = (await make(1_000, '2026-11-20T12:34:56.789Z')).map((id) => bitsOf(id.slice(4)));
  const fixed = Array.from({ length: 130 }, (_, i) => (new Set(uuids.map((bits) => bits[i])).size === 1 ? uuids[0]?.[i] : 'x')).join('');
  // Two zeros, the time, the version, 12 random bits, the variant, 62 random bits.
  expect(fixed).toBe(`00${Date.parse('2026-11-20T12:34:56.789Z').toString(2).padStart(48, '0')}0111${'x'.repeat(12)}10${'x'.repeat(62)}`);
});

function bitsOf(suffix: string): string {
  return Array.from(suffix, (digit) => '0123456789abcdefghjkmnpqrstvwxyz'.indexOf(digit).toString(2).padStart(5, '0')).join('');
}

import { testServerUrl } from '@forge/testing';
import { ForgivingPool } from './forgiving-pool.ts';

test('a connection that is given back twice is given back once, also when somebody else has it by then', async () => {
  const pool = new ForgivingPool({ connectionString: testServerUrl(), max: 1 });
  const release = await new Promise<() => void>((resolve) => pool.connect((_, __, release) => resolve(release)));
  release();
  const client = await pool.connect();
  expect(release).not.toThrow();
  expect([pool.totalCount, pool.idleCount]).toEqual([1, 0]);
  client.release();
  expect([pool.totalCount, pool.idleCount]).toEqual([1, 1]);
  await pool.end();
});

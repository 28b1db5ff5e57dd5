import { startFixture } from '../fixture/start.ts';

test('to itself the gateway is ready while a subgraph is away, as long as it does not close', async () => {
  const fixture = await startFixture('in-process');
  const health = (path: string) => fetch(`${fixture.url}/health/${path}`).then(({ status }) => status);
  fixture.workers.down = true;
  expect([await health('ready'), await health('ready?scope=self'), await health('ready?scope=other'), await health('live')]).toEqual([503, 200, 503, 200]);

  const { promise, resolve } = Promise.withResolvers<void>();
  fixture.workers.down = false;
  fixture.workers.gate = promise;
  const slow = fixture.post('{ workers { id } }');
  while (fixture.workers.asked.length === 0) await new Promise((next) => setTimeout(next, 5));
  const closed = fixture.close();
  resolve();
  expect((await slow).status).toBe(200);
  await closed;
  await expect(health('ready?scope=self')).rejects.toThrow('fetch failed');
});

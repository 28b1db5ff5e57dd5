import { startFixture, type Fixture } from '../fixture/start.ts';

let fixture: Fixture;
afterEach(() => fixture.close());

test.each([
  ['no credentials', {}], ['credentials that are none', { authorization: 'Bearer x' }], ['another scheme', { authorization: 'Basic eDp4' }], ['two of them', { authorization: 'Bearer a, Bearer b' }],
])('with %s it is 401, and how to prove who one is', async (_, headers: Record<string, string>) => {
  fixture = await startFixture('in-process', { authenticate: { kind: 'credentials', secretKeys: true, jwt: undefined } });
  const { status, errors, headers: got } = await fixture.post('{ tasks { id } }', { headers });
  expect([status, got.get('www-authenticate'), errors?.[0]?.extensions]).toEqual([401, 'Bearer', { code: 'UNAUTHENTICATED' }]);
});

test('more requests at once than may be are told to come again, and health is told all the while', async () => {
  fixture = await startFixture('in-process', { maxInFlight: 2 });
  const { promise, resolve } = Promise.withResolvers<void>();
  fixture.workers.gate = promise;
  const slow = ['id', 'name'].map((field) => fixture.post(`{ workers { ${field} } }`));
  while (fixture.workers.asked.length < 2) await new Promise((next) => setTimeout(next, 5));

  const { status, headers, errors } = await fixture.post('{ tasks { id } }');
  expect([status, headers.get('retry-after'), errors?.[0]?.extensions]).toEqual([503, '1', { code: 'OVERLOADED' }]);
  expect((await fetch(`${fixture.url}/health/ready?scope=self`)).status).toBe(200);

  resolve();
  expect((await Promise.all(slow)).map((each) => each.status)).toEqual([200, 200]);
  expect((await fixture.post('{ tasks { id } }')).status).toBe(200);
});

import { authenticateAsDemo } from './security/authenticate/authenticate.ts';
import { startFixture, type Fixture } from './fixture/start.ts';

describe('the front door', () => {
  let fixture: Fixture;
  beforeAll(async () => { fixture = await startFixture('HTTP', { healthTimeoutMilliseconds: 1_000, maxBodyBytes: 10_000 }); });
  afterAll(() => fixture.close());
  afterEach(() => {
    fixture.workers.down = false;
    fixture.workers.gate = Promise.resolve();
  });

  const ready = async () => {
    const response = await fetch(`${fixture.url}/health/ready`);
    return { status: response.status, body: await response.json() };
  };

  test('is ready when every subgraph is', async () => {
    expect(await ready()).toEqual({ status: 200, body: { status: 'ok', subgraphs: { tasks: { status: 'ok' }, workers: { status: 'ok' } } } });
  });

  test('is alive but not ready while a subgraph is down, and names it', async () => {
    fixture.workers.down = true;
    expect(await ready()).toEqual({ status: 503, body: { status: 'unavailable', subgraphs: { tasks: { status: 'ok' }, workers: { status: 'unavailable' } } } });
    expect((await fetch(`${fixture.url}/health/live`)).status).toBe(200);
  });

  test('does not wait for a subgraph that says nothing', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    fixture.workers.gate = promise;
    expect((await ready()).status).toBe(503);
    resolve();
  });

  test('says nothing of the inside, which the log finds by the request id', async () => {
    const { headers, data, errors } = await fixture.post('{ broken workers { id } }');
    const id = headers.get('x-request-id');
    expect(data).toMatchObject({ broken: null });
    expect(errors).toEqual([{
      message: 'Something went wrong inside. The x-request-id of this response finds it in the log.', path: ['broken'], extensions: { code: 'INTERNAL_SERVER_ERROR' },
    }]);
    expect(fixture.logged.some((line) => line.includes(String(id)) && line.includes('password authentication failed'))).toBe(true);
  });

  test('a request keeps the id it comes with, if it is fit for a log', async () => {
    expect((await fixture.post('{ workers { id } }', { headers: { 'x-request-id': 'mine-1' } })).headers.get('x-request-id')).toBe('mine-1');
    expect((await fixture.post('{ workers { id } }', { headers: { 'x-request-id': 'a b' } })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    ['{ workers { nam } }', 400, 'GRAPHQL_VALIDATION_FAILED', 'Cannot query field "nam" on type "Worker". Did you mean "name"?'],
    ['{ workers { ', 400, 'GRAPHQL_PARSE_FAILED', 'Syntax Error: Expected Name, found <EOF>.'],
    ['query ($id: ID!) { worker(id: $id) { id } }', 400, 'BAD_USER_INPUT', 'Variable "$id" of required type "ID!" was not provided.'],
  ])('a faulty operation is told its fault: %s', async (query, status, code, message) => {
    const answer = await fixture.post(query);
    expect(answer.status).toBe(status);
    expect(answer.errors).toEqual([expect.objectContaining({ message, extensions: { code } })]);
  });

  test('credentials that are not understood are 401', async () => {
    const { status, errors } = await fixture.post('{ workers { id } }', { headers: { authorization: 'Bearer stolen' } });
    expect([status, errors]).toEqual([401, [expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED' } })]]);
  });

  test('a form of another site cannot send an operation', async () => {
    const response = await fetch(`${fixture.url}/graphql`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{ workers { id } }"}' });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }] });
  });

  test('a body that is too long, or no JSON, is refused', async () => {
    expect(await fixture.post(`{ workers { ${' '.repeat(10_000)} id } }`)).toMatchObject({ status: 413, errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] });
    const response = await fetch(`${fixture.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
    expect([response.status, await response.json()]).toEqual([400, { errors: [expect.objectContaining({ extensions: { code: 'BAD_REQUEST' } })] }]);
  });
});

test('what has been asked is answered before the gateway closes', async () => {
  const fixture = await startFixture('in-process');
  const { promise, resolve } = Promise.withResolvers<void>();
  fixture.workers.gate = promise;
  const answer = fixture.post('{ workers { name } }');
  while (fixture.workers.asked.length === 0) await new Promise((next) => setTimeout(next, 5));
  const closed = fixture.close();
  setTimeout(resolve, 50);
  expect((await answer).errors).toBeUndefined();
  await closed;
});

test('without introspection there is neither schema nor explorer', async () => {
  const fixture = await startFixture('in-process', { introspection: false });
  const { data, errors } = await fixture.post('{ __schema { queryType { name } } tasks { id } }', { headers: { 'x-scopes': 'workflow:read' } });
  expect(data).toEqual({ __schema: null, tasks: expect.any(Array) });
  expect(errors).toEqual([{ message: 'The schema is shown to those with the scope graph:introspect.', path: ['__schema'], extensions: { code: 'FORBIDDEN' } }]);
  expect((await fetch(fixture.url)).status).toBe(404);
  await fixture.close();
});

test('as the demo administrator only this machine is let in, and only without credentials', async () => {
  await expect(startFixture('in-process', { authenticate: authenticateAsDemo }).then(async ({ gateway, post, close }) => {
    expect((await post('{ tasks { id } }')).data).toEqual({ tasks: [] });
    expect((await post('{ tasks { id } }', { headers: { authorization: 'Bearer x' } })).status).toBe(401);
    await close();
    return gateway.listen({ host: '0.0.0.0', port: 0 });
  })).rejects.toThrow('listens on loopback only, not on 0.0.0.0');
});

test('a supergraph with a subgraph that nobody can reach is refused', async () => {
  await expect(startFixture('in-process', { transports: {} })).rejects.toThrow('needs subgraphs that are not there: tasks, workers');
});

import { startFixture, type Fixture } from '../fixture/start.ts';

let fixture: Fixture;
beforeAll(async () => { fixture = await startFixture('in-process', { corsOrigins: ['https://console.example'] }); });
afterAll(() => fixture.close());

const query = `/graphql?query=${encodeURIComponent('{ tasks { id } }')}`;
const preflight = (origin: string, headers = 'content-type,authorization') => fetch(`${fixture.url}/graphql`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': headers } });

test('a page of a site that is let in may ask, with credentials of its own, and read what is left', async () => {
  const asked = await preflight('https://console.example');
  expect(asked.status).toBe(204);
  expect(asked.headers.get('access-control-allow-origin')).toBe('https://console.example');
  expect(asked.headers.get('access-control-allow-methods')).toBe('GET, POST');
  expect(asked.headers.get('access-control-allow-headers')?.split(', ')).toEqual(expect.arrayContaining(['authorization', 'content-type', 'graphql-cost']));
  expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
  const answer = await fetch(`${fixture.url}/graphql`, { method: 'POST', headers: { 'origin': 'https://console.example', 'content-type': 'application/json' }, body: '{"query":"{ tasks { id } }"}' });
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://console.example');
  expect(answer.headers.get('access-control-expose-headers')).toContain('ratelimit');
  expect(answer.headers.get('vary')).toContain('Origin');
});

test.each(['https://evil.example', 'https://console.example.evil.example', 'http://console.example', 'null'])('a page of %s may not', async (origin) => {
  expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
});

test('without sites to let in there is no leave for anybody', async () => {
  const closed = await startFixture('in-process');
  const response = await fetch(`${closed.url}/graphql`, { method: 'OPTIONS', headers: { 'origin': 'https://console.example', 'access-control-request-method': 'POST' } });
  expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([405, null]);
  await closed.close();
});

test.each([
  ['of another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['of another site that asked leave', { 'sec-fetch-site': 'cross-site', 'graphql-require-preflight': '1' }, 200],
  ['of this site', { 'sec-fetch-site': 'same-origin' }, 200],
  ['of a neighbour', { 'sec-fetch-site': 'same-site' }, 200],
  ['from the address bar', { 'sec-fetch-site': 'none' }, 200],
  ['of no browser', {}, 200],
])('a GET %s', async (_, headers: Record<string, string>, status) => {
  expect((await fetch(fixture.url + query, { headers: { ...headers, accept: 'application/graphql-response+json' } })).status).toBe(status);
});

test.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])('what a form can send, %s, is no operation', async (type) => {
  expect((await fetch(`${fixture.url}/graphql`, { method: 'POST', headers: { 'content-type': type }, body: '{"query":"{ tasks { id } }"}' })).status).toBe(415);
});

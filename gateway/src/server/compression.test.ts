import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startFixture, type Fixture } from '../fixture/start.ts';

let fixture: Fixture;
beforeAll(async () => { fixture = await startFixture('in-process'); });
afterAll(() => fixture.close());

const long = `{ ${Array.from({ length: 30 }, (_, i) => `t${i}: tasks { id title }`).join(' ')} }`;

/** The bytes as they come. */
async function ask(query: string, encodings: string | undefined) {
  const { promise, resolve, reject } = Promise.withResolvers<{ encoding: string | undefined; vary: string | undefined; bytes: Buffer }>();
  const headers = { 'content-type': 'application/json', ...(encodings !== undefined && { 'accept-encoding': encodings }) };
  request(`${fixture.url}/graphql`, { method: 'POST', headers }, (response) => {
    void buffer(response).then((bytes) => resolve({ encoding: response.headers['content-encoding'], vary: response.headers.vary, bytes }), reject);
  }).on('error', reject).end(JSON.stringify({ query }));
  return promise;
}

const read = { br: brotliDecompressSync, gzip: gunzipSync } as const;

test.each<[string | undefined, 'br' | 'gzip' | undefined]>([
  ['gzip, deflate, br', 'br'], ['gzip', 'gzip'], ['br;q=0, gzip', 'gzip'], ['gzip;q=1.0, br;q=0.1', 'gzip'], ['*', 'gzip'], ['identity', undefined], ['zstd', undefined], ['', undefined], [undefined, undefined],
])('accept-encoding: %s gets it in %s', async (accepted, expected) => {
  const plain = await ask(long, undefined);
  const { encoding, vary, bytes } = await ask(long, accepted);
  expect(encoding).toBe(expected);
  expect((expected ? read[expected](bytes) : bytes).toString()).toBe(plain.bytes.toString());
  if (expected) expect([bytes.length < plain.bytes.length / 3, vary?.toLowerCase()]).toEqual([true, 'accept-encoding']);
});

test('a short answer comes as it is', async () => {
  expect((await ask('{ tasks { id } }', 'br, gzip')).encoding).toBeUndefined();
});

import { setTimeout } from 'node:timers/promises';
import { jwtVerify, SignJWT } from 'jose';
import { anIssuerKey, startJwksServer, type IssuerKey } from '../../fixture/jwks-server.ts';
import { remoteKeys, type RemoteKeysOptions } from './remote-keys.ts';

const [first, second, third] = await Promise.all([anIssuerKey('first'), anIssuerKey('second'), anIssuerKey('third')]);

let issuer: Awaited<ReturnType<typeof startJwksServer>>;
let warnings: unknown[];
beforeEach(async () => {
  issuer = await startJwksServer(first);
  warnings = [];
});
afterEach(() => issuer.close());

/** Tells by whose key a token can be verified. */
function verifier(options: Partial<RemoteKeysOptions> = {}) {
  const mine = warnings;
  const keys = remoteKeys(issuer.url, { logger: { warn: (about: unknown) => void mine.push(about) }, ...options });
  return async (key: IssuerKey) => {
    const token = await new SignJWT({}).setProtectedHeader({ alg: key.alg, kid: key.kid }).sign(key.privateKey);
    return (await jwtVerify(token, keys)).protectedHeader.kid;
  };
}

const unavailable = { name: 'AuthenticationUnavailableError', statusCode: 503, message: 'Whether this token is good cannot be told at the moment. Try again.' };

test('keys are fetched once, however many tokens come at once', async () => {
  const verify = verifier();
  expect(await Promise.all(Array.from({ length: 20 }, () => verify(first)))).toEqual(Array.from({ length: 20 }, () => 'first'));
  await verify(first);
  expect(issuer.asked).toBe(1);
});

test('a key that the issuer has added is fetched when its first token comes', async () => {
  const verify = verifier({ cooldownMilliseconds: 0 });
  await verify(first);
  issuer.published = [first, second];
  expect(await verify(second)).toBe('second');
  expect(await verify(first)).toBe('first');
  expect(issuer.asked).toBe(2);
});

test('keys that nobody knows cause one fetch in the time that it has to cool down', async () => {
  const verify = verifier({ cooldownMilliseconds: 1_000 });
  await verify(first);
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => verify(second)));
  expect(new Set(outcomes.map((outcome) => outcome.status === 'rejected' && (outcome.reason as { code: string }).code))).toEqual(new Set(['ERR_JWKS_NO_MATCHING_KEY']));
  expect(issuer.asked).toBe(1);
  await setTimeout(1_020);
  await Promise.allSettled([verify(second), verify(third)]);
  await expect(verify(second)).rejects.toThrow('no applicable key');
  expect(issuer.asked).toBe(2);
});

test('a key that the issuer has withdrawn is good until keys are fetched anew', async () => {
  const verify = verifier({ refreshMilliseconds: 50 });
  await verify(first);
  issuer.published = [second];
  await setTimeout(60);
  expect(await verify(first)).toBe('first');
  while (issuer.asked < 2) await setTimeout(5);
  await setTimeout(50);
  await expect(verify(first)).rejects.toThrow('no applicable key');
});

test.each<[string, typeof issuer.answer]>([
  ['answers 500', (response) => response.writeHead(500).end()],
  ['answers with another address', (response) => response.writeHead(302, { location: 'https://evil.test' }).end()],
  ['answers what is no JSON', (response) => response.end('<html>')],
  ['answers what is no set of keys', (response) => response.end('{"keys":{}}')],
  ['hangs up', (response) => response.destroy()],
  ['says nothing', () => undefined],
])('an issuer that %s leaves it open whether a token is good; for a while it is not asked again', async (_, answer) => {
  issuer.answer = answer;
  const verify = verifier({ timeoutMilliseconds: 1_000, retryMilliseconds: 60_000 });
  const outcomes = await Promise.allSettled([verify(first), verify(first)]);
  for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: unavailable });
  await expect(verify(first)).rejects.toMatchObject(unavailable);
  expect([issuer.asked, warnings.length]).toEqual([1, 1]);
});

test('once that while is over an issuer that has come back is believed again', async () => {
  issuer.answer = (response) => response.writeHead(500).end();
  const verify = verifier({ retryMilliseconds: 200 });
  await expect(verify(first)).rejects.toMatchObject(unavailable);
  issuer.answer = undefined;
  await setTimeout(220);
  expect(await verify(first)).toBe('first');
});

test('while the issuer is away the keys it had go on being used, and of others it cannot be told', async () => {
  const verify = verifier({ refreshMilliseconds: 50, cooldownMilliseconds: 0, keepMilliseconds: 2_000, retryMilliseconds: 60_000 });
  await verify(first);
  issuer.answer = (response) => response.writeHead(503).end();
  await setTimeout(60);
  expect(await verify(first)).toBe('first');
  await expect(verify(second)).rejects.toMatchObject(unavailable);
  expect(await verify(first)).toBe('first');
  await setTimeout(2_000);
  await expect(verify(first)).rejects.toMatchObject(unavailable);
  expect(issuer.asked).toBe(2);
});

test('an issuer that is not there at all leaves it open too', async () => {
  await issuer.close();
  await expect(verifier()(first)).rejects.toMatchObject(unavailable);
  issuer = await startJwksServer(first);
});

import { randomBytes } from 'node:crypto';
import { readKeyring } from './read-keyring.ts';

const key = () => randomBytes(32).toString('base64');

test('of several keys the first encrypts', () => {
  const [current, old] = [key(), key()];
  const keyring = readKeyring({ FORGE_SECRET_KEYS: `2026-11:${current}, 2025-11:${old}` });
  expect([keyring?.current, [...(keyring?.keys.keys() ?? [])]]).toEqual(['2026-11', ['2026-11', '2025-11']]);
  expect(Buffer.from(keyring?.keys.get('2025-11') ?? []).toString('base64')).toBe(old);
});

test('without the variable there is none', () => expect(readKeyring({})).toBeUndefined());

test.each([
  ['nonsense', /got "nonsense"|has 0 bytes/],
  ['a:c2hvcnQ=', /key a has 5 bytes; AES-256 takes 32/],
  [`UPPER:${key()}`, /got "UPPER"/],
])('%s is refused without telling the key', (text, message) => {
  expect(() => readKeyring({ FORGE_SECRET_KEYS: text })).toThrow(message);
  expect(() => readKeyring({ FORGE_SECRET_KEYS: text })).not.toThrow(/c2hvcnQ/);
});

import { hashSecretKey, newSecretKey, prefixOfSecretKey } from './secret-key.ts';

test.each(['forge_sk_', 'forge_gt_'] as const)('a new key says by %s what it is, and no two are the same', (prefix) => {
  const keys = Array.from({ length: 100 }, () => newSecretKey(prefix));
  expect(new Set(keys).size).toBe(100);
  for (const key of keys) expect(prefixOfSecretKey(key)).toBe(prefix);
});

test('the hash is SHA-256 of the whole key', () => {
  // By sha256sum.
  expect(hashSecretKey(`forge_sk_${'a'.repeat(43)}`)).toBe('fff69f34c1158c10bc9fd76e3df6d0551391ffb36b52777e305ec81f89bc94a4');
});

test.each([
  ['nothing', ''],
  ['a prefix alone', 'forge_sk_'],
  ['one character short', `forge_sk_${'a'.repeat(42)}`],
  ['one character long', `forge_sk_${'a'.repeat(44)}`],
  ['of another alphabet', `forge_sk_${'a'.repeat(42)}+`],
  ['of another prefix', `forge_pk_${'a'.repeat(43)}`],
  ['in capitals', `FORGE_SK_${'a'.repeat(43)}`],
  ['with a line break', `forge_sk_${'a'.repeat(43)}\n`],
  ['inside something else', `x forge_sk_${'a'.repeat(43)}`],
])('what is %s is no key', (_, text) => {
  expect(prefixOfSecretKey(text)).toBeUndefined();
});

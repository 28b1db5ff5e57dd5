import { createKeyring } from './keyring.ts';
import { fingerprint, open, seal } from './seal.ts';

const place = { orgId: 'org_1', id: 'glo_1', column: 'clientSecret' };
const [oldKey, newKey] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const before = createKeyring('2026-01', { '2026-01': oldKey });
const after = createKeyring('2026-02', { '2026-01': oldKey, '2026-02': newKey });

test('what is sealed is opened again, whatever its length, and reads differently each time', () => {
  for (const plain of ['', 'x', 'tschüß 🔑', 'long '.repeat(400)]) expect(open(before, seal(before, plain, place), place)).toBe(plain);
  expect(seal(before, 'same', place)).not.toBe(seal(before, 'same', place));
});

test('after rotation new secrets name the new key, and old ones open until theirs is dropped', () => {
  const sealed = seal(before, 'secret', place);
  expect(seal(after, 'secret', place)).toMatch(/^v1\.2026-02\./);
  expect(open(after, sealed, place)).toBe('secret');
  expect(() => open(createKeyring('2026-02', { '2026-02': newKey }), sealed, place)).toThrow('the key 2026-01, which a secret was encrypted with, is not configured');
});

test.each(['orgId', 'id', 'column'] as const)('a secret that is copied to another %s does not open', (part) => {
  expect(() => open(before, seal(before, 'secret', place), { ...place, [part]: 'other' })).toThrow();
});

test('any changed character is noticed', () => {
  const sealed = seal(before, 'secret', place);
  for (let i = sealed.lastIndexOf('.') + 1; i < sealed.length - 1; i++) {
    const changed = `${sealed.slice(0, i)}${sealed[i] === 'A' ? 'B' : 'A'}${sealed.slice(i + 1)}`;
    expect(() => open(before, changed, place)).toThrow();
  }
  expect(() => open(before, 'secret', place)).toThrow('not a sealed secret');
});

test('a fingerprint is the same for the same secret under one key only, and is not the hash of it', () => {
  expect(fingerprint(before, 'secret')).toBe(fingerprint(before, 'secret'));
  expect(fingerprint(before, 'secret')).not.toBe(fingerprint(before, 'other'));
  expect(fingerprint(before, 'secret')).not.toBe(fingerprint(after, 'secret'));
});

test.each([
  ['2026-01', { 'No Id': oldKey }, 'the id of a key has 1 to 40 characters of a-z, 0-9 and -; got "No Id"'],
  ['2026-01', { '2026-01': Buffer.alloc(16) }, 'key 2026-01 has 16 bytes; AES-256 takes 32'],
  ['2026-02', { '2026-01': oldKey }, 'the current key, 2026-02, is not among the keys'],
])('a keyring whose current key is %s of %p is refused', (current, keys, message) => {
  expect(() => createKeyring(current, keys)).toThrow(message);
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder } from './fixture/folder.ts';
import { withSecretKeys } from './with-secret-keys.ts';

const folder = aFolder();
afterAll(() => folder.remove());

const given = { FORGE_SECRET_KEYS: 'mine:key', FORGE_EVENT_SECRETS: 'mine' };

test.each<[string, Record<string, string>]>([
  ['in production', { NODE_ENV: 'production', PORT: '1' }],
  ['with both given', { ...given, PORT: '1' }],
])('%s the environment is what it is, and no secret is made', (_, env) => {
  expect(withSecretKeys(env, folder.path)).toEqual(env);
  expect(existsSync(join(folder.path, '.forge'))).toBe(false);
});

test('otherwise the installation has secrets of its own, always the same, and the one does not tell the other', () => {
  const { FORGE_SECRET_KEYS: keys = '', FORGE_EVENT_SECRETS: events = '', ...rest } = withSecretKeys({ PORT: '1' }, folder.path);
  expect(rest).toEqual({ PORT: '1' });
  expect(keys).toMatch(/^installation:[\w-]{43}$/);
  expect(Buffer.from(events, 'base64')).toHaveLength(32);
  expect(keys).not.toContain(Buffer.from(events, 'base64').toString('base64url'));
  expect(withSecretKeys({}, folder.path)).toEqual({ FORGE_SECRET_KEYS: keys, FORGE_EVENT_SECRETS: events });
});

test.each(Object.entries(given))('%s that is given holds; an empty one counts as none', (name, value) => {
  const own = withSecretKeys({}, folder.path);
  expect(withSecretKeys({ [name]: value }, folder.path)).toEqual({ ...own, [name]: value });
  expect(withSecretKeys({ ...given, [name]: '' }, folder.path)).toEqual({ ...given, [name]: own[name] });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { aFolder } from './fixture/folder.ts';
import { secretIn } from './secret.ts';

const folder = aFolder();
afterAll(() => folder.remove());

test('processes that ask at once get the same secret, which is kept for their owner alone', async () => {
  const home = join(folder.path, 'home');
  const program = `import { secretIn } from '${import.meta.dirname}/secret.ts'; process.stdout.write(secretIn(process.argv[1]));`;
  const asked = Array.from({ length: 4 }, () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, home], { stdio: ['ignore', 'pipe', 'inherit'] });
    return Promise.all([text(child.stdout), once(child, 'exit')]);
  });
  const secrets = (await Promise.all(asked)).map(([secret]) => secret);
  expect(new Set([...secrets, secretIn(home)]).size).toBe(1);
  expect(secrets[0]).toMatch(/^[\w-]{43}$/);
  expect(readdirSync(home)).toEqual(['secret']);
  expect(statSync(join(home, 'secret')).mode & 0o777).toBe(0o600);
});

import { validate } from 'dockerfile-utils';
import { generateKeyPair } from '@forge/auth';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { containerPort, projectDir, read, subgraphNames } from './project.ts';
import { importsBesideProduction } from './reachable-imports.ts';

const dockerfile = read('deploy/Dockerfile');
const { devDependencies, packageManager } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string>; packageManager: string };
const folder = mkdtempSync(join(tmpdir(), 'forge-image-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a file of `deploy/`: its exit code, and what it said. */
function run(file: string, args: readonly string[], env: Record<string, string> = {}): Promise<{ code: unknown; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(projectDir, 'deploy', file), ...args], { env }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, said: stdout + stderr }));
  });
}

test('the Dockerfile is sound, and its Node and pnpm are those of the project', () => {
  expect(validate(dockerfile)).toEqual([]);
  expect(dockerfile).toContain(`ARG NODE_IMAGE=docker.io/library/${devDependencies['node']?.replace('npm:', '').replace('@', ':')}-trixie-slim\n`);
  expect(packageManager).toMatch(/^pnpm@\d+\.\d+\.\d+$/);
});

test('it runs as somebody who may write nothing, without a shell in between, and can be asked whether it is well', () => {
  const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '));
  for (const line of ['USER 1000:1000', 'STOPSIGNAL SIGTERM', `EXPOSE ${containerPort}`, 'ENTRYPOINT ["node", "/forge/deploy/entrypoint.mjs"]', 'CMD ["gateway"]']) expect(last.split('\n')).toContain(line);
  expect(last).toContain(`ENV NODE_ENV=production HOST=0.0.0.0 PORT=${containerPort}\n`);
  expect(last).toMatch(/^HEALTHCHECK .* CMD \["node", "\/forge\/deploy\/healthcheck.mjs"\]$/m);
  expect(last).not.toMatch(/--chown|chmod|ADD /);
});

test('what programs load is there without the tools of development', () => {
  expect(importsBesideProduction()).toEqual([]);
});

test('a container runs a subgraph by its name, which asks for what production needs', async () => {
  for (const name of subgraphNames()) expect(existsSync(join(projectDir, 'subgraphs', name, 'src/main.ts'))).toBe(true);
  const { code, said } = await run('entrypoint.mjs', ['chat'], { NODE_ENV: 'production' });
  expect([code, said]).toEqual([1, expect.stringContaining('FORGE_GATEWAY_PUBLIC_KEY: is not set; with NODE_ENV=production a subgraph answers the gateway only')]);
});

test('it runs the gateway, or any command of forge', async () => {
  expect(await run('entrypoint.mjs', ['gateway'], { NODE_ENV: 'production' })).toEqual({ code: 1, said: expect.stringContaining('FORGE_AUTH: is not set') });
  expect(await run('entrypoint.mjs', ['db', '--help'])).toEqual({ code: 0, said: expect.stringContaining('Usage: forge db') });
  expect(await run('entrypoint.mjs', ['../gateway'])).toEqual({ code: 1, said: expect.stringContaining("unknown command '../gateway'") });
});

test('secrets may come as files; one that is not there, or set besides, is named without its value', async () => {
  const file = join(folder, 'key');
  writeFileSync(file, `${(await generateKeyPair()).publicKey}\n`);
  const { said } = await run('entrypoint.mjs', ['chat'], { NODE_ENV: 'production', FORGE_GATEWAY_PUBLIC_KEY_FILE: file });
  expect(said).toContain('FORGE_EVENT_SECRETS: is not set');
  expect(said).not.toContain('FORGE_GATEWAY_PUBLIC_KEY');
  expect(await run('entrypoint.mjs', ['chat'], { DATABASE_URL_CHAT_FILE: '/nowhere' })).toEqual({ code: 1, said: "DATABASE_URL_CHAT_FILE: ENOENT: no such file or directory, open '/nowhere'\n" });
  expect(await run('entrypoint.mjs', ['chat'], { FORGE_SECRET_KEYS: 's3cret', FORGE_SECRET_KEYS_FILE: file })).toEqual({ code: 1, said: 'FORGE_SECRET_KEYS: is set, and so is FORGE_SECRET_KEYS_FILE; leave one of them out\n' });
});

test('its health is that of the path it is asked for, and nobody who listens is not well', async () => {
  const server = createServer(({ url }, answer) => void answer.writeHead(url === '/health/live' ? 200 : 503).end());
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const env = { PORT: String((server.address() as AddressInfo).port) };
  expect((await run('healthcheck.mjs', [], env)).code).toBe(0);
  expect((await run('healthcheck.mjs', ['/health/ready'], env)).code).toBe(1);
  server.close();
  expect((await run('healthcheck.mjs', [], env)).code).toBe(1);
});

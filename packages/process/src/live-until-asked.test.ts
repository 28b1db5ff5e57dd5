import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'forge-process-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A program around `start`, with an IPC channel to this process. */
function run(start: string, before = '') {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(file, `${before}; const { runMain, announceReady } = await import('${import.meta.dirname}/index.ts'); await runMain(${start});`);
  const child = fork(file, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
  let output = '';
  const streams = [child.stdout, child.stderr].flatMap((stream) => stream ?? []);
  for (const stream of streams) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  // Its 'close' does not come when this process has closed the channel.
  const ended = Promise.all([once(child, 'exit'), ...streams.map((stream) => once(stream, 'end'))]).then(([[code]]) => ({ code: code as number | null, output }));
  return { child, ended };
}

const said = (child: ChildProcess) => once(child, 'message').then(([message]) => message as unknown);

const server = `async ({ onStop }) => {
  const timer = setInterval(() => {}, 1000);
  onStop(async () => { clearInterval(timer); console.log('database closed'); });
  onStop(() => new Promise((resolve) => setTimeout(() => { console.log('server closed'); resolve(); }, 100)));
  announceReady('is ready', 'http://here');
}`;

test('asked to stop, several times, it ends what it has started once, the last first', async () => {
  const { child, ended } = run(server);
  expect(await said(child)).toEqual({ ready: 'http://here' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGINT'] as const) child.kill(signal);
  expect(await ended).toEqual({ code: 0, output: 'is ready\nserver closed\ndatabase closed\n' });
});

test('it ends by itself when its supervisor is gone', async () => {
  const { child, ended } = run(server);
  await said(child);
  child.disconnect();
  expect(await ended).toEqual({ code: 0, output: 'is ready\nserver closed\ndatabase closed\n' });
});

test('also when that happened before it looked', async () => {
  const { child, ended } = run(server, `process.send('loading'); await new Promise((resolve) => setTimeout(resolve, 300))`);
  await said(child);
  child.disconnect();
  expect(await ended).toMatchObject({ code: 0, output: expect.stringContaining('server closed\ndatabase closed\n') });
});

test('a fault that whoever runs it can mend is its message alone; what has started is ended', async () => {
  const { ended } = run(`async ({ onStop }) => {
    onStop(async () => console.log('closed'));
    throw new (await import('@forge/config')).OperatorError('PORT: is not set');
  }`.replace('@forge/config', join(import.meta.dirname, '../../config/src/index.ts')));
  expect(await ended).toEqual({ code: 1, output: 'closed\nPORT: is not set\n' });
});

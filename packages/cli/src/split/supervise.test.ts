import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { supervise, type Supervised } from './supervise.ts';

const folder = mkdtempSync(join(tmpdir(), 'forge-supervise-'));
const started: Supervised[] = [];
afterEach(() => Promise.all(started.splice(0).map((each) => each.stop())));
afterAll(() => rmSync(folder, { recursive: true }));

function run(text: string) {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(file, text);
  const lines: string[] = [];
  const supervised = supervise({ name: 'chat', file, env: {} }, (line) => lines.push(line));
  started.push(supervised);
  const pids = () => lines.flatMap((line) => /^is process (\d+)/.exec(line)?.slice(1).map(Number) ?? []);
  return { ...supervised, lines, pids };
}

const until = async (condition: () => boolean) => {
  while (!condition()) await sleep(10);
};
const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const sound = `process.send({ ready: 'http://here' }); process.on('SIGTERM', () => process.exit(0)); console.log('at work'); setInterval(() => {}, 1000);`;

test('what it says is heard, and where it is', async () => {
  const { ready, lines } = run(sound);
  expect(await ready).toBe('http://here');
  await until(() => lines.includes('at work'));
});

test('one that dies is followed by another, later each time', async () => {
  const { ready, lines, pids } = run(sound);
  await ready;
  for (const death of [1, 2]) {
    process.kill(pids()[death - 1] ?? 0, 'SIGKILL');
    await until(() => pids().length > death);
  }
  expect(lines.filter((line) => line.startsWith('ended'))).toEqual(['ended by SIGKILL; starts again in 0.5 s', 'ended by SIGKILL; starts again in 1 s']);
});

test('one that ends before it was ever ready is a fault, and not started again', async () => {
  const { ready, lines, pids } = run(`console.error('PORT: is not set'); process.exitCode = 1;`);
  await expect(ready).rejects.toThrow('chat ended with code 1 before it was ready');
  expect(lines).toContain('PORT: is not set');
  await sleep(700);
  expect(pids()).toHaveLength(1);
});

test('stopped, it is gone, also when it was just waiting to be started again', async () => {
  const running = run(sound);
  await running.ready;
  await running.stop();
  expect(running.pids().map(isThere)).toEqual([false]);

  const waiting = run(sound);
  await waiting.ready;
  process.kill(waiting.pids()[0] ?? 0, 'SIGKILL');
  await until(() => waiting.lines.some((line) => line.startsWith('ended')));
  await waiting.stop();
  await sleep(700);
  expect(waiting.pids()).toHaveLength(1);
});

test('it ends with its supervisor, also when that is killed with -9', async () => {
  const [program, supervisor] = [join(folder, 'program.mjs'), join(folder, 'supervisor.mjs')];
  writeFileSync(program, `
    const { announceReady, runMain } = await import('${import.meta.dirname}/../../../process/src/index.ts');
    await runMain(async ({ onStop }) => {
      const timer = setInterval(() => {}, 1000);
      onStop(async () => clearInterval(timer));
      announceReady('at work', 'http://here');
    });`);
  writeFileSync(supervisor, `
    const { supervise } = await import('${import.meta.dirname}/supervise.ts');
    supervise({ name: 'chat', file: '${program}', env: {} }, console.log);`);
  const child = spawn(process.execPath, [supervisor], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await until(() => output.includes('at work'));
  const pid = Number(/is process (\d+)/.exec(output)?.[1]);
  expect(isThere(pid)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await until(() => !isThere(pid));
});

import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { watchFiles, type Watch, type WatchFilesOptions } from './watch-files.ts';

let folder: string;
let file: string;
let watch: Watch | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'watch-'));
  file = join(folder, 'supergraph.graphql');
  writeFileSync(file, 'one');
});
afterEach(async () => {
  await watch?.stop();
  rmSync(folder, { recursive: true });
});

/** Watches `file`, never looking unasked unless told to, and remembers what it was told. */
async function watching(options: Partial<WatchFilesOptions> = {}) {
  const told: unknown[] = [];
  const faults: unknown[] = [];
  watch = await watchFiles({
    files: () => [file],
    onChange: async (texts) => void told.push(texts.get(file)),
    onFault: (error) => faults.push(error),
    settleMilliseconds: 20,
    pollMilliseconds: 60_000,
    ...options,
  });
  const until = async (count: number) => { while (told.length + faults.length < count) await pause(5); };
  return { told, faults, until };
}

test('a file that is written over is noticed', async () => {
  const { told, until } = await watching();
  writeFileSync(file, 'two');
  await until(1);
  expect(told).toEqual(['two']);
});

test('a file that another is renamed to is noticed, and again', async () => {
  const { told, until } = await watching();
  for (const text of ['two', 'three']) {
    writeFileSync(`${file}~`, text);
    renameSync(`${file}~`, file);
    await until(text === 'two' ? 1 : 2);
  }
  expect(told).toEqual(['two', 'three']);
});

test('a file behind a folder that is swapped by a symbolic link, as Kubernetes mounts it, is noticed', async () => {
  for (const version of ['v1', 'v2']) {
    mkdirSync(join(folder, version));
    writeFileSync(join(folder, version, 'data'), version);
  }
  symlinkSync('v1', join(folder, '..data'));
  file = join(folder, 'mounted');
  symlinkSync('..data/data', file);
  const { told, until } = await watching();
  symlinkSync('v2', join(folder, '..next'));
  renameSync(join(folder, '..next'), join(folder, '..data'));
  await until(1);
  expect(told).toEqual(['v2']);
});

test('a file that is written bit by bit is believed when it is whole', async () => {
  const { told, until } = await watching({ settleMilliseconds: 300 });
  for (const text of ['', 't', 'tw', 'two']) {
    writeFileSync(file, text);
    await pause(20);
  }
  await until(1);
  expect(told).toEqual(['two']);
});

test('a file that is touched, or says the same again, is no change', async () => {
  const { told, until } = await watching();
  writeFileSync(file, 'one');
  await pause(100);
  writeFileSync(file, 'two');
  await until(1);
  expect(told).toEqual(['two']);
});

test('a file that is gone for long is told of, and when it is back', async () => {
  const { told, until } = await watching({ settleMilliseconds: 2 });
  rmSync(file);
  await until(1);
  writeFileSync(file, 'two');
  await until(2);
  expect(told).toEqual([undefined, 'two']);
});

test('what happens while a change is dealt with is noticed afterwards', async () => {
  const told: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  await watching({ onChange: async (texts) => { if (told.push(texts.get(file)) === 1) await promise; } });
  writeFileSync(file, 'two');
  while (told.length < 1) await pause(5);
  writeFileSync(file, 'three');
  await pause(50);
  resolve();
  while (told.length < 2) await pause(5);
  expect(told).toEqual(['two', 'three']);
});

test('a fault is told, and the next change is noticed', async () => {
  const told: unknown[] = [];
  const { faults, until } = await watching({
    onChange: async (texts) => { if (told.push(texts.get(file)) === 1) throw new Error('bad'); },
  });
  writeFileSync(file, 'two');
  await until(1);
  expect(faults).toEqual([new Error('bad')]);
  writeFileSync(file, 'three');
  while (told.length < 2) await pause(5);
  expect(told).toEqual(['two', 'three']);
});

test('where nothing can be heard, files are looked at now and then', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'watch-'));
  file = join(elsewhere, 'not-yet', 'supergraph.graphql');
  const { told, until } = await watching({ pollMilliseconds: 20, settleMilliseconds: 2 });
  mkdirSync(join(elsewhere, 'not-yet'));
  writeFileSync(file, 'one');
  await until(1);
  expect(told).toEqual(['one']);
  rmSync(elsewhere, { recursive: true });
});

test('what the file has said since it was last read is noticed', async () => {
  const { told, until } = await watching({ known: new Map([[file, 'nought']]), pollMilliseconds: 20 });
  await until(1);
  expect(told).toEqual(['one']);
});

test('after stopping nothing is told', async () => {
  const { told } = await watching();
  await watch?.stop();
  writeFileSync(file, 'two');
  await pause(100);
  expect(told).toEqual([]);
});

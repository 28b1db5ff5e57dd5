import { readFile, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { systemFault } from './system-fault.ts';

/** What files say, by path; undefined for one that is not there. */
export type Texts = ReadonlyMap<string, string | undefined>;

const patienceForNothing = 20;

/** What the files say once nobody is writing them: the same for `milliseconds`, and, for a while longer, none empty or gone. */
export async function settledTexts(files: readonly string[], milliseconds: number, signal: AbortSignal): Promise<Texts> {
  let before = await readTexts(files);
  for (let looks = 1; ; looks += 1) {
    await pause(milliseconds, undefined, { signal });
    const now = await readTexts(files);
    // Whoever writes a file in place empties it first, some remove it.
    const whole = [...now.values()].every(Boolean) || looks >= patienceForNothing;
    if (whole && sameTexts(before, now)) return now;
    before = now;
  }
}

export async function readTexts(files: readonly string[]): Promise<Texts> {
  return new Map(await Promise.all(files.map(async (file) => [file, await unlessGone(readFile(file, 'utf8'))] as const)));
}

export function sameTexts(one: Texts, other: Texts): boolean {
  return one.size === other.size && [...one].every(([file, text]) => other.has(file) && other.get(file) === text);
}

/** What tells, without reading them, that files are not the ones they were; follows symbolic links. */
export async function fingerprint(files: readonly string[]): Promise<string> {
  const stats = await Promise.all(files.map((file) => unlessGone(stat(file))));
  return files.map((file, i) => [file, stats[i]?.ino, stats[i]?.size, stats[i]?.mtimeMs].join(' ')).join('\n');
}

async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemFault(error) ?? '')) return undefined;
    throw error;
  }
}

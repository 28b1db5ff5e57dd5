import { watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemFault } from './system-fault.ts';

/** Rings when something may have happened to files. */
export interface FileBell {
  /** Resolves when it rings, or has since it was last waited for; at the latest after `milliseconds`. Rejects once silenced. */
  rings(milliseconds: number): Promise<void>;
  /** Listens for these files from now on. */
  listenFor(files: readonly string[]): void;
  silence(): void;
}

/**
 * Listens at the files' folders: whoever replaces a file by renaming another, as editors and deployments do, takes away what is
 * watched under its name. A folder that cannot be watched is only waited for.
 */
export function createFileBell(): FileBell {
  const silenced = new AbortController();
  const watchers = new Map<string, FSWatcher>();
  let rung = Promise.withResolvers<void>();

  function watchFolder(folder: string): void {
    const forget = () => void watchers.delete(folder);
    try {
      watchers.set(folder, watch(folder, { persistent: false }, () => rung.resolve()).on('error', forget).on('close', forget));
    } catch (error) {
      // No more watches to be had, or no such folder.
      if (systemFault(error) === undefined) throw error;
    }
  }

  return {
    async rings(milliseconds) {
      const settled = new AbortController();
      try {
        await Promise.race([rung.promise, pause(milliseconds, undefined, { ref: false, signal: AbortSignal.any([silenced.signal, settled.signal]) })]);
      } finally {
        settled.abort();
      }
      silenced.signal.throwIfAborted();
      rung = Promise.withResolvers();
    },
    listenFor(files) {
      const folders = new Set(files.map((file) => dirname(file)));
      for (const [folder, watcher] of watchers) if (!folders.has(folder)) watcher.close();
      for (const folder of folders) if (!watchers.has(folder)) watchFolder(folder);
    },
    silence() {
      silenced.abort();
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import { createFileBell } from './file-bell.ts';
import { fingerprint, readTexts, sameTexts, settledTexts, type Texts } from './settled-texts.ts';

export interface WatchFilesOptions {
  /** The files to watch; asked again whenever they are looked at. */
  files(): readonly string[];
  /** Told when what they say has changed. Not called again before it is through; what happens meanwhile is noticed afterwards. */
  onChange(texts: Texts, signal: AbortSignal): Promise<void>;
  /** Told what `onChange` threw, or why files could not be read. Watching goes on. */
  onFault(error: unknown): void;
  /** What they said when they were last read. Default what they say when watching begins. */
  readonly known?: Texts;
  /** How long files must stay as they are to be believed. Default 150 ms. */
  readonly settleMilliseconds?: number;
  /** How often they are looked at though nothing was heard. Default 2 seconds. */
  readonly pollMilliseconds?: number;
}

export interface Watch {
  /** Resolves when nothing is called any more. */
  stop(): Promise<void>;
}

/** Watches files. Resolves when a change from now on will be noticed. */
export async function watchFiles({ files, onChange, onFault, settleMilliseconds = 150, pollMilliseconds = 2_000, ...since }: WatchFilesOptions): Promise<Watch> {
  const stopped = new AbortController();
  const bell = createFileBell();
  bell.listenFor(files());
  let seen = since.known ? '' : await fingerprint(files());
  let known = since.known ?? (await readTexts(files()));

  async function look(): Promise<void> {
    bell.listenFor(files());
    const now = await fingerprint(files());
    if (now === seen) return;
    const texts = await settledTexts(files(), settleMilliseconds, stopped.signal);
    // Taken before the texts: who writes in between is noticed the next time.
    seen = now;
    if (sameTexts(texts, known)) return;
    known = texts;
    await onChange(texts, stopped.signal);
  }

  async function watch(): Promise<void> {
    for (;;) {
      try {
        await bell.rings(pollMilliseconds);
        // A folder may have much going on in it, and a file that changes seldom changes once.
        await pause(settleMilliseconds, undefined, { ref: false, signal: stopped.signal });
        await look();
      } catch (error) {
        if (stopped.signal.aborted) return;
        onFault(error);
      }
    }
  }

  const watching = watch();
  return {
    async stop() {
      stopped.abort();
      bell.silence();
      await watching;
    },
  };
}

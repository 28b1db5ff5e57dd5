import type { Worker } from 'node:worker_threads';

/** A thread is no more; `cause` is the error it broke with, if any. */
export class ThreadEndedError extends Error {
  override readonly name = 'ThreadEndedError';

  /** Whether it needed more memory than it may have. */
  get outOfMemory(): boolean {
    return (this.cause as { code?: unknown } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
  }
}

/** A conversation with a thread in turns. */
export interface ThreadTalk {
  /** What the thread says next; rejects when it ends instead. One at a time. */
  next<T>(): Promise<T>;
  readonly ended: Promise<ThreadEndedError>;
}

export function threadTalk(worker: Worker): ThreadTalk {
  const ended = Promise.withResolvers<ThreadEndedError>();
  let gone: ThreadEndedError | undefined;
  let awaited: PromiseWithResolvers<unknown> | undefined;

  const end = (error: ThreadEndedError) => {
    gone ??= error;
    ended.resolve(gone);
    awaited?.reject(gone);
  };
  worker.on('message', (message) => awaited?.resolve(message));
  worker.once('error', (cause) => end(new ThreadEndedError('the thread broke', { cause })));
  worker.once('exit', (code) => end(new ThreadEndedError(`the thread ended with ${code}`)));

  return {
    async next<T>() {
      if (gone) throw gone;
      awaited = Promise.withResolvers();
      return awaited.promise as Promise<T>;
    },
    ended: ended.promise,
  };
}

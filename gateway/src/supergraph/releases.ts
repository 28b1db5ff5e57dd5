import { OperatorError } from '@forge/config';
import type { Logger } from 'pino';
import { holdRelease, type HeldRelease, type Lease } from './leases.ts';
import { supergraphId } from './supergraph.ts';

export interface ReleaseOptions<R, W> {
  /** Makes what answers requests; throws an OperatorError when the supergraph is at fault. */
  build(sdl: string): Promise<R>;
  /** Prepares a release for the requests that the previous one has; says what came of it. */
  warm(next: R, previous: R): Promise<W>;
  /** Closes a release that nobody is with any more, or that never was in use. */
  retire(release: R): Promise<void>;
  readonly logger: Logger;
  /** How long one that has been replaced is kept for requests that are still with it. Default 2 minutes. */
  readonly keepMilliseconds?: number;
}

export interface ReplaceOptions<W> {
  /** Told what came of warming; throws an OperatorError to refuse the supergraph for it. */
  approve?(warmed: W): void;
  /** Do everything but put it to use. */
  readonly dryRun?: boolean;
}

/** What became of a supergraph that was brought: in use, found fit for use, in use before, or overtaken by one that was brought later. */
export type Replacement<W> =
  | { readonly kind: 'replaced' | 'checked'; readonly id: string; readonly previous: string; readonly warmed: W }
  | { readonly kind: 'same'; readonly id: string }
  | { readonly kind: 'overtaken'; readonly id: string; readonly by: string };

/** The release in use, of those that were and will be. */
export interface Releases<R, W> {
  current(): R;
  /** The release in use, for a request: it stays open until the request says that it is done with it. */
  lease(): Lease<R>;
  /** What is in use. */
  describe(): Pick<HeldRelease<R>, 'id' | 'sdl' | 'since'>;
  /**
   * Builds and warms a release, then puts it in the place of the present one; no request waits or fails for it. One at a time: of those
   * that wait the newest is next, and if it comes to be used the older ones never are. Rejects with an OperatorError when the
   * supergraph is refused; the present one stays.
   */
  replace(sdl: string, options?: ReplaceOptions<W>): Promise<Replacement<W>>;
  /** Retires the release in use, and at once those that were kept for requests. */
  close(): Promise<void>;
}

interface Brought<W> extends ReplaceOptions<W> {
  readonly sdl: string;
  readonly outcome: PromiseWithResolvers<Replacement<W>>;
}

/** Builds the first release. Rejects with an OperatorError when the supergraph is at fault. */
export async function createReleases<R, W>(firstSdl: string, options: ReleaseOptions<R, W>): Promise<Releases<R, W>> {
  const { build, warm, retire, logger, keepMilliseconds = 120_000 } = options;
  let held = holdRelease(await build(firstSdl), { sdl: firstSdl, id: supergraphId(firstSdl) });
  let brought: Brought<W>[] = [];
  let working: Promise<void> | undefined;
  const leaving = new Set<Promise<void>>();
  const closing = new AbortController();

  function assertOpen(): void {
    if (closing.signal.aborted) throw new OperatorError('The gateway is closing.');
  }

  async function work(): Promise<void> {
    for (let newest = brought.pop(); newest; newest = brought.pop()) {
      const older = brought.splice(0);
      try {
        const replacement = await carryOut(newest);
        newest.outcome.resolve(replacement);
        const overtaken = replacement.kind === 'checked' ? [] : older.filter(({ dryRun }) => !dryRun);
        for (const { sdl, outcome } of overtaken) outcome.resolve({ kind: 'overtaken', id: supergraphId(sdl), by: replacement.id });
        brought = [...older.filter((each) => !overtaken.includes(each)), ...brought];
      } catch (error) {
        newest.outcome.reject(error);
        brought = [...older, ...brought];
      }
    }
    working = undefined;
  }

  async function carryOut({ sdl, dryRun, approve }: Brought<W>): Promise<Replacement<W>> {
    assertOpen();
    const id = supergraphId(sdl);
    const previous = held;
    if (id === previous.id) return { kind: 'same', id };
    const next = await build(sdl);
    try {
      const warmed = await warm(next, previous.release);
      approve?.(warmed);
      assertOpen();
      if (!dryRun) {
        held = holdRelease(next, { id, sdl });
        logger.info({ id, previous: previous.id }, 'another supergraph is in use');
        leave(previous);
      }
      return { kind: dryRun ? 'checked' : 'replaced', id, previous: previous.id, warmed };
    } finally {
      if (held.release !== next) await retire(next);
    }
  }

  function leave(previous: HeldRelease<R>): void {
    const left = previous.vacated(AbortSignal.any([closing.signal, AbortSignal.timeout(keepMilliseconds)]))
      .then(() => retire(previous.release))
      .catch((error: unknown) => logger.error({ err: error, id: previous.id }, 'a replaced supergraph could not be closed'))
      .finally(() => leaving.delete(left));
    leaving.add(left);
  }

  return {
    current: () => held.release,
    lease: () => held.lease(),
    describe: () => held,
    async replace(sdl, replaceOptions = {}) {
      assertOpen();
      const outcome = Promise.withResolvers<Replacement<W>>();
      brought.push({ ...replaceOptions, sdl, outcome });
      working ??= work();
      return outcome.promise;
    },
    async close() {
      closing.abort();
      await working;
      await Promise.all([retire(held.release), ...leaving]);
    },
  };
}

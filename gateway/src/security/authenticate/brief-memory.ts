import { AuthenticationUnavailableError } from '@forge/auth';
import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { LRUCache } from 'lru-cache';
import { unlessAborted } from '../../transport/unless-aborted.ts';

export interface BriefMemoryOptions {
  /** The clock, in milliseconds. */
  now?: () => number;
  /** How long a look-up may take, its waiting included. Default 1.5 seconds. */
  timeoutMilliseconds?: number;
  /** How many look-ups run at once, of those known to have been good and of the others each. Default 16. */
  concurrent?: number;
  /** How many more of each wait. Default 256. */
  waiting?: number;
  /** How many that are good, and how many that are not, are remembered. Default 10,000. */
  remembered?: number;
}

/** What was found, and until when it holds, in milliseconds. */
interface Found {
  readonly expiresAt: number;
}

const keepMilliseconds = 3_000;
const keepNothingMilliseconds = 1_000;

/**
 * Looks up by hash and remembers what it found for 3 seconds from the beginning of the look-up, so what is revoked in the
 * meantime is good for so long at most; that there is nothing for 1 second; a failure not at all. One look-up a hash is under
 * way. Throws AuthenticationUnavailableError when there is no answer in time, or too many are waiting for theirs.
 */
export function rememberBriefly<T extends Found>(lookUp: (hash: string, signal: AbortSignal) => Promise<T | null>, options: BriefMemoryOptions = {}): (hash: string) => T | null | Promise<T | null> {
  const { now = Date.now, timeoutMilliseconds = 1_500, concurrent = 16, waiting = 256, remembered: max = 10_000 } = options;
  // Apart, so that a flood of keys that somebody has made up neither pushes good ones out nor keeps them waiting.
  const good = new LRUCache<string, { found: T; until: number }>({ max });
  const bad = new LRUCache<string, number>({ max });
  const [acquainted, strangers] = [bulkhead(concurrent, waiting), bulkhead(concurrent, waiting)];
  const underWay = new Map<string, Promise<T | null>>();

  return (hash) => {
    const entry = good.get(hash);
    if (entry && entry.until > now()) return entry.found;
    if ((bad.get(hash) ?? 0) > now()) return null;
    return underWay.get(hash) ?? begin(hash);
  };

  function begin(hash: string): Promise<T | null> {
    const answer = ask(hash, now()).finally(() => underWay.delete(hash));
    underWay.set(hash, answer);
    return answer;
  }

  async function ask(hash: string, since: number): Promise<T | null> {
    const found = await inLane(hash);
    if (found && found.expiresAt > now()) {
      good.set(hash, { found, until: Math.min(since + keepMilliseconds, found.expiresAt) });
      return found;
    }
    good.delete(hash);
    bad.set(hash, now() + keepNothingMilliseconds);
    return null;
  }

  async function inLane(hash: string): Promise<T | null> {
    // What is remembered of it may be too old to be used, but it was good a while ago.
    const lane = good.has(hash) ? acquainted : strangers;
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    try {
      return await unlessAborted(lane.execute(() => unlessAborted(lookUp(hash, signal), signal), signal), signal);
    } catch (error) {
      const full = error instanceof BulkheadRejectedError;
      throw new AuthenticationUnavailableError(`${full ? 'Too many keys are being looked up' : 'Whether this key is good cannot be told'} at the moment. Try again.`, { cause: error });
    }
  }
}

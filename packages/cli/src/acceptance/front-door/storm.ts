import { setTimeout as sleep } from 'node:timers/promises';
import type { Asking, Recorded } from './open-loop.ts';
import type { FrontDoor } from './start-front-door.ts';
import { startLoad } from './start-load.ts';
import { swapSupergraphs, type makeSupergraphs, type Swap } from './swap-supergraphs.ts';

export interface StormOptions {
  /** Requests a second, and for how many seconds. */
  readonly rate: number;
  readonly seconds: number;
  /** On a machine that is too busy for that, until all has happened, for so many seconds at most. */
  readonly atMostSeconds?: number;
  readonly swaps: number;
  readonly kills: number;
  /** How long each answer of the slow subgraph takes while it is slow, in milliseconds. */
  readonly slowMilliseconds: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

export interface Storm {
  readonly recorded: readonly Recorded[];
  readonly swaps: readonly Swap[];
  /** From each kill until the subgraph answered again, in milliseconds. */
  readonly kills: readonly number[];
}

/** Begins the names of what is made in it. */
export const stormPrefix = 'storm';

/** The slow subgraph is slow from a quarter of the time until 60 % of it: before, while and after others are killed. */
const slowFrom = 0.25;
const slowUntil = 0.6;

/** Clients ask at a fixed rate, while supergraphs are swapped, a subgraph is killed over and over, and another is slow for a part of the time. */
export async function runStorm(door: FrontDoor, askings: readonly Asking[], supergraphs: ReturnType<typeof makeSupergraphs>, options: StormOptions): Promise<Storm> {
  const { rate, seconds, atMostSeconds = seconds, seed, swaps, kills } = options;
  const load = await startLoad({ url: `${door.origin}/graphql`, headers: door.headers, rate, seconds, atMostSeconds, seed, askings, prefix: stormPrefix, mostUnderWay: 2_000 });
  const over = new AbortController();
  const spread = (count: number) => (seconds * 1_000) / (count + 1);
  const happening = Promise.all([
    swapSupergraphs(door, supergraphs, { count: swaps, everyMilliseconds: spread(swaps) }, over.signal),
    killAgainAndAgain(door, { count: kills, everyMilliseconds: spread(kills) }, over.signal),
    slowDown(door, options, over.signal),
  ]).finally(() => load.enough());
  const [recorded, [swapped, killed]] = await Promise.all([load.over.finally(() => over.abort()), happening]);
  return { recorded, swaps: swapped, kills: killed };
}

async function killAgainAndAgain({ killed }: FrontDoor, { count, everyMilliseconds }: { count: number; everyMilliseconds: number }, over: AbortSignal): Promise<number[]> {
  const times: number[] = [];
  const start = performance.now();
  while (times.length < count && !over.aborted) {
    const began = performance.now();
    await killed.kill();
    await killed.start();
    times.push(performance.now() - began);
    await sleep(Math.max(0, start + times.length * everyMilliseconds - performance.now()));
  }
  return times;
}

async function slowDown({ slowRoad }: FrontDoor, { seconds, slowMilliseconds, say }: StormOptions, over: AbortSignal): Promise<void> {
  const until = async (part: number) => {
    const end = performance.now() + seconds * 1_000 * part;
    while (performance.now() < end && !over.aborted) await sleep(50);
  };
  await until(slowFrom);
  slowRoad.delay(slowMilliseconds);
  say(`the slow one takes ${slowMilliseconds} ms for each answer`);
  await until(slowUntil - slowFrom);
  slowRoad.delay(0);
  say('the slow one is as fast as before');
}

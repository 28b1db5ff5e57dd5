import { setTimeout as sleep } from 'node:timers/promises';
import type { Asking, Recorded } from './open-loop.ts';
import type { FrontDoor } from './start-front-door.ts';
import { startLoad } from './start-load.ts';

export interface DrainOptions {
  readonly rate: number;
  /** Of asking, the gateway being told to stop in the middle. */
  readonly seconds: number;
  /** How long some answers take, so that there are always requests under way. */
  readonly slowMilliseconds: number;
}

export interface Drain {
  readonly recorded: readonly Recorded[];
  /** When the gateway was told to stop, in milliseconds since the epoch, how long it took and how it ended. */
  readonly told: number;
  readonly milliseconds: number;
  readonly ended: string;
  /** How many operations the gateway has answered, as it says itself. */
  readonly operations: number;
}

/** Tells the gateway to stop while clients ask. */
export async function drain(door: FrontDoor, askings: readonly Asking[], { rate, seconds, slowMilliseconds }: DrainOptions): Promise<Drain> {
  door.slowRoad.delay(slowMilliseconds);
  const before = door.operations();
  const load = await startLoad({ url: `${door.origin}/graphql`, headers: door.headers, rate, seconds, seed: 1, askings, prefix: 'drain', mostUnderWay: 2_000 });
  await sleep(seconds * 500);
  const told = Date.now();
  const ended = await door.gateway.stop();
  const milliseconds = Date.now() - told;
  const recorded = await load.over;
  door.slowRoad.delay(0);
  return { recorded, told, milliseconds, ended, operations: door.operations() - before };
}

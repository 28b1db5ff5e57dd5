import { setTimeout as sleep } from 'node:timers/promises';
import { listDomains } from '../../domains.ts';
import type { Asking, Recorded } from './open-loop.ts';
import { projectDir } from './project-dir.ts';
import type { FrontDoor } from './start-front-door.ts';
import { startLoad } from './start-load.ts';

export interface FloodOptions {
  /** Far more than can be answered. */
  readonly rate: number;
  readonly seconds: number;
}

export interface Flood {
  readonly recorded: readonly Recorded[];
  /** Of a few requests a moment later. */
  readonly afterwards: readonly Recorded[];
}

const calm = { rate: 20, seconds: 4 };
const momentMilliseconds = 2_000;

/** Clients ask for more than there is time for; then few do. */
export async function flood(door: FrontDoor, askings: readonly Asking[], { rate, seconds }: FloodOptions): Promise<Flood> {
  const common = { url: `${door.origin}/graphql`, headers: door.headers, seed: 1, mostUnderWay: 5_000 };
  // Subgraphs have too much to do as well.
  const reads = askings.filter(({ mayLack, makes }) => mayLack.length === 0 && !makes).map((asking) => ({ ...asking, mayLack: listDomains(projectDir) }));
  const { over } = await startLoad({ ...common, rate, seconds, askings: reads, prefix: 'flood' });
  const recorded = await over;
  await sleep(momentMilliseconds);
  const after = await startLoad({ ...common, ...calm, askings, prefix: 'after-flood' });
  return { recorded, afterwards: await after.over };
}

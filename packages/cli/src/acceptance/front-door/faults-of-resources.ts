import { setTimeout as sleep } from 'node:timers/promises';
import { measureResources, type Resources } from './resources.ts';
import type { FrontDoor } from './start-front-door.ts';

/**
 * How much more there may be of each than before. Connections to subgraphs and databases stay open for half a minute, and some work always
 * goes on. A supergraph that were not let go of would be some 17 MiB in the heap and a thread. What the heap has given back, the process
 * keeps in part for the next time.
 */
const more: Resources = { sockets: 8, threads: 0, heap: 12, resident: 120, operationsInFlight: 0, fetchesInFlight: 1, databaseConnections: 12 };

export function faultsOfResources(before: Resources, after: Resources): string[] {
  return (Object.keys(more) as (keyof Resources)[]).filter((name) => after[name] > before[name] + more[name]).map((name) => `${name}: ${after[name]}, before ${before[name]}, may be ${more[name]} more`);
}

/** What there is once all is back to where it was, or after `seconds` without. */
export async function untilBack(door: FrontDoor, before: Resources, seconds: number): Promise<Resources> {
  for (const until = performance.now() + seconds * 1_000; ;) {
    const after = await measureResources(door);
    if (faultsOfResources(before, after).length === 0 || performance.now() > until) return after;
    await sleep(1_000);
  }
}

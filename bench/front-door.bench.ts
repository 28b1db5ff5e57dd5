import { askWhole, untilWhole } from '@forge/cli/src/acceptance/front-door/ask-whole.ts';
import { drain } from '@forge/cli/src/acceptance/front-door/drain.ts';
import { faultsOfMade } from '@forge/cli/src/acceptance/front-door/faults-of-made.ts';
import { faultsOfDrain, faultsOfFlood, faultsOfStorm } from '@forge/cli/src/acceptance/front-door/faults-of-requests.ts';
import { faultsOfResources, untilBack } from '@forge/cli/src/acceptance/front-door/faults-of-resources.ts';
import { flood } from '@forge/cli/src/acceptance/front-door/flood.ts';
import type { Asking } from '@forge/cli/src/acceptance/front-door/open-loop.ts';
import { measureResources, type Resources } from '@forge/cli/src/acceptance/front-door/resources.ts';
import { startFrontDoor, type FrontDoor } from '@forge/cli/src/acceptance/front-door/start-front-door.ts';
import { startLoad } from '@forge/cli/src/acceptance/front-door/start-load.ts';
import { runStorm, stormPrefix } from '@forge/cli/src/acceptance/front-door/storm.ts';
import { makeSupergraphs } from '@forge/cli/src/acceptance/front-door/swap-supergraphs.ts';
import { percentile } from '@forge/cli/src/acceptance/front-door/tally.ts';
import type { Forge } from '@forge/cli/src/forge.ts';
import { cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchProcessors } from './front-door/processors.ts';
import { printOutcomes, printRequests, printResources } from './front-door/tables.ts';

const promised = { swaps: 20, kills: 10, limit: 4_000, slack: 500 };
// Longer where the processors are too busy for all of it in that time.
const storm = { ...promised, rate: 200, seconds: 60, atMostSeconds: 90, slowMilliseconds: 5_000, seed: 20_261_123 };
const subgraphLimit = 2_000;
const warmSeconds = 10;
const backWithinSeconds = 45;

/**
 * The front door in bad times, everything in processes of their own as in production. A storm: 200 requests a second for a minute, while
 * the supergraph is swapped 20 times, one subgraph is killed and started again 10 times, and another takes 5 s for each answer for a while.
 * A flood: far more than can be answered, for 5 s. And a stop while clients ask. Prints what became of all, and each promise that is broken.
 */
export async function run(_: Forge): Promise<void> {
  console.log(`${cpus().length} processors, load ${loadavg().map((load) => load.toFixed(1)).join(' ')} before`);
  const door = await startFrontDoor({ runs: 200, env: { FORGE_TIMEOUT_MS: String(promised.limit), FORGE_SUBGRAPH_TIMEOUT_MS: String(subgraphLimit) } });
  try {
    const askings = await askWhole(door);
    const before = await warmUp(door, askings);
    const faults = [...(await throughStorm(door, askings, before)), ...(await throughFlood(door, askings, before)), ...(await throughStop(door, askings))];
    console.log(faults.length === 0 ? '\nevery promise was kept' : `\nbroken: ${faults.join('\nbroken: ')}`);
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    await door.close();
  }
}

async function warmUp(door: FrontDoor, askings: readonly Asking[]): Promise<Resources> {
  const { over } = await startLoad({ url: `${door.origin}/graphql`, headers: door.headers, rate: storm.rate, seconds: warmSeconds, seed: 1, mostUnderWay: 2_000, prefix: 'warm', askings });
  console.log(`\ncalm: ${storm.rate} requests a second for ${warmSeconds} s`);
  printRequests(await over);
  await sleep(2_000);
  return measureResources(door);
}

async function throughStorm(door: FrontDoor, askings: readonly Asking[], before: Resources): Promise<string[]> {
  const processors = watchProcessors(door.gateway.pid());
  const seen = await runStorm(door, askings, makeSupergraphs(), { ...storm, say: () => undefined });
  const { part, seconds } = processors.used();
  const well = askings.filter(({ makes }) => !makes);
  for (const { kind, pairs: [pair] } of well) if (pair && (await untilWhole(door, pair.body)) !== pair.whole) throw new Error(`${kind}: another answer than before`);
  const after = await untilBack(door, before, backWithinSeconds);

  console.log(`\nstorm: ${storm.rate} requests a second for ${(seen.recorded.length / storm.rate).toFixed(0)} s, seed ${storm.seed}`);
  printRequests(seen.recorded);
  const swaps = [...Map.groupBy(seen.swaps, ({ how }) => how)].map(([how, all]) => `${all.length} ${how}`).join(', ');
  console.log(`${seen.swaps.length} swaps (${swaps}), from brought to in use ${range(seen.swaps.map(({ milliseconds }) => milliseconds))}`);
  console.log(`${seen.kills.length} kills, from then until it answered again ${range(seen.kills)}`);
  console.log(`processors ${(part * 100).toFixed(0)} % busy, with the gateway for ${seconds.toFixed(1)} s, ${((seconds * 1_000) / seen.recorded.length).toFixed(2)} ms a request, planning and swaps among it`);
  printResources({ before, after });
  return [...faultsOfStorm(seen, promised), ...(await faultsOfMade(door, seen.recorded, stormPrefix)), ...faultsOfResources(before, after)];
}

async function throughFlood(door: FrontDoor, askings: readonly Asking[], before: Resources): Promise<string[]> {
  const offered = { rate: 5_000, seconds: 5 };
  const seen = await flood(door, askings, offered);
  const after = await untilBack(door, before, backWithinSeconds);
  console.log(`\nflood: ${offered.rate} requests a second for ${offered.seconds} s`);
  printOutcomes(seen.recorded);
  console.log('a moment later, 20 requests a second');
  printOutcomes(seen.afterwards);
  printResources({ before, after });
  return [...faultsOfFlood(seen, promised), ...faultsOfResources(before, after)];
}

async function throughStop(door: FrontDoor, askings: readonly Asking[]): Promise<string[]> {
  const seen = await drain(door, askings, { rate: 100, seconds: 6, slowMilliseconds: 800 });
  console.log(`\nstop: 100 requests a second, some of which take 800 ms and more; the gateway ended ${seen.ended}, ${seen.milliseconds} ms after it was told to`);
  printOutcomes(seen.recorded);
  console.log(`it answered ${seen.operations} as it says itself`);
  return faultsOfDrain(seen, promised);
}

function range(milliseconds: readonly number[]): string {
  return `${percentile(milliseconds, 0).toFixed(0)} to ${percentile(milliseconds, 1).toFixed(0)} ms`;
}

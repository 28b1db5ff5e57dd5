import { setTimeout as sleep } from 'node:timers/promises';
import { askWhole, untilWhole } from './front-door/ask-whole.ts';
import { drain } from './front-door/drain.ts';
import { faultsOfMade } from './front-door/faults-of-made.ts';
import { faultsOfDrain, faultsOfFlood, faultsOfStorm } from './front-door/faults-of-requests.ts';
import { faultsOfResources, untilBack } from './front-door/faults-of-resources.ts';
import { flood } from './front-door/flood.ts';
import type { Asking } from './front-door/open-loop.ts';
import { measureResources, type Resources } from './front-door/resources.ts';
import { startFrontDoor, type FrontDoor } from './front-door/start-front-door.ts';
import { startLoad } from './front-door/start-load.ts';
import { runStorm, stormPrefix } from './front-door/storm.ts';
import { makeSupergraphs } from './front-door/swap-supergraphs.ts';

// The bench `front-door` is the same at full size. The machine may have other things to do while tests run: what is well has much time here.
const limits = { limit: 8_000, slack: 2_000 };
const rate = 50;
let door: FrontDoor;
let askings: readonly Asking[];
let before: Resources;

beforeAll(async () => {
  door = await startFrontDoor({ runs: 30, env: { FORGE_TIMEOUT_MS: String(limits.limit), FORGE_SUBGRAPH_TIMEOUT_MS_ANALYTICS: '1000' } });
  askings = await askWhole(door);
  const warm = await startLoad({ url: `${door.origin}/graphql`, headers: door.headers, rate, seconds: 3, seed: 2, mostUnderWay: 1_000, prefix: 'warm', askings });
  expect((await warm.over).filter(({ verdict }) => verdict.outcome !== 'whole')).toEqual([]);
  await sleep(1_000);
  before = await measureResources(door);
}, 180_000);
afterAll(() => door.close());

test('while supergraphs are swapped, a subgraph is killed and another is slow, each request has what the well ones know, in time, and every change is made once', async () => {
  const storm = await runStorm(door, askings, makeSupergraphs(), { rate, seconds: 12, atMostSeconds: 60, swaps: 3, kills: 2, slowMilliseconds: 5_000, seed: 7, say: () => undefined });
  expect([...faultsOfStorm(storm, { ...limits, swaps: 3, kills: 2 }), ...(await faultsOfMade(door, storm.recorded, stormPrefix))]).toEqual([]);
  for (const { pairs: [pair], makes } of askings) if (pair && !makes) expect(await untilWhole(door, pair.body)).toBe(pair.whole);
}, 120_000);

test('of far more requests than there may be time for each is answered or told to come again, and afterwards all are answered', async () => {
  expect(faultsOfFlood(await flood(door, askings, { rate: 2_000, seconds: 4 }), limits)).toEqual([]);
}, 60_000);

test('then connections and memory are back to where they were', async () => {
  expect(faultsOfResources(before, await untilBack(door, before, 45))).toEqual([]);
}, 90_000);

test('told to stop while clients ask, the gateway answers what it has begun, and ends in order', async () => {
  expect(faultsOfDrain(await drain(door, askings, { rate, seconds: 4, slowMilliseconds: 300 }), limits)).toEqual([]);
}, 60_000);

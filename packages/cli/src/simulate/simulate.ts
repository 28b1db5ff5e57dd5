import { OperatorError } from '@forge/config';
import { createRandom } from '@forge/demo-data';
import { openBook } from './book.ts';
import { findWorld, type World } from './find-world.ts';
import { connectGraph, GraphError, NoAnswerError } from './graph.ts';
import { outlive } from './outlive.ts';
import { pause } from './pause.ts';
import { bePeople } from './people.ts';
import { startRuns, watchRuns, type Launcher } from './runs.ts';
import { runRuntime } from './runtime.ts';
import { lineOf, startTally, summaryOf, type Tally } from './tally.ts';

export interface SimulateOptions {
  /** Of the gateway's GraphQL endpoint. */
  readonly url: string;
  /** The API key it shows there; none unless given. */
  readonly key?: string | undefined;
  readonly runtimes: number;
  /** How many times faster than real agents and people. */
  readonly speed: number;
  /** How many runs to start, and to see to their end; undefined: until `asked` is aborted. */
  readonly runs?: number | undefined;
  /** Runs started a minute. */
  readonly rate?: number | undefined;
  readonly seed: number;
  /** The share of attempts that fail. */
  readonly fail: number;
  /** The share of mutations whose answers are thrown away. */
  readonly drop: number;
  /** Whether people decide and answer. */
  readonly people: boolean;
  /** How long the `runs` may take. */
  readonly timeoutSeconds: number;
  readonly say: (line: string) => void;
  readonly asked: AbortSignal;
}

export interface Simulated {
  readonly tally: Tally;
  /** Runs that were started and have not ended, each with what it waits for. */
  readonly unfinished: readonly string[];
}

const progressMilliseconds = 5_000;
/** What is under way when it is asked to stop may be finished. */
const graceMilliseconds = 10_000;

/** Agent runtimes, their work and the people around it, outside the platform: nothing but calls of its public graph. */
export async function simulate(options: SimulateOptions): Promise<Simulated> {
  const { url, key, runtimes, speed, seed, fail, drop, people, say, asked } = options;
  const tally = startTally();
  const [stopping, stopped] = [new AbortController(), new AbortController()];
  const clientFor = (i: number) => {
    const random = createRandom(seed * 1_000 + i);
    return { random, graph: connectGraph({ url, key, random, tally, drop, signal: stopped.signal }) };
  };
  const world = await lookAround(options, tally);
  const { gatewayIds, runnables, modelIds } = world;
  say(`${runtimes} runtimes for ${gatewayIds.length} gateways, ${runnables.length} workflows; seed ${seed}`);

  // Long enough that it is renewed only where real agents would.
  const leaseSeconds = Math.min(60, Math.max(30, Math.ceil(300 / speed)));
  const manner = { speed, fail, people, leaseSeconds };
  const book = openBook();
  const name = crypto.randomUUID().slice(0, 8);
  const working = Array.from({ length: runtimes }, (_, i) => runRuntime({
    ...clientFor(i + 1), runtimeId: `simulated-${name}-${i + 1}`, tally, manner, modelIds, book, width: 10, gatewayIds: shareOf(gatewayIds, i, runtimes),
    stopping: stopping.signal, signal: stopped.signal,
  }));
  if (people) working.push(bePeople({ ...clientFor(runtimes + 1), tally, speed, signal: stopping.signal }));
  const progress = setInterval(() => say(lineOf(tally)), progressMilliseconds);
  // What goes wrong in one of them is for nobody to wait out.
  const broken = Promise.all(working).then(() => new Promise<never>(() => undefined));
  const stop = () => stopping.abort();
  asked.addEventListener('abort', stop);
  try {
    if (asked.aborted) stop();
    const launcher: Launcher = { ...clientFor(runtimes + 2), world, tally, open: new Set() };
    const unfinished = await Promise.race([broken, seeThrough(launcher, options, stopping.signal)]);
    stop();
    const grace = setTimeout(() => stopped.abort(), graceMilliseconds);
    await Promise.all(working);
    clearTimeout(grace);
    for (const line of summaryOf(tally, unfinished)) say(line);
    return { tally, unfinished };
  } finally {
    asked.removeEventListener('abort', stop);
    clearInterval(progress);
    stopping.abort();
    stopped.abort();
  }
}

async function lookAround({ url, key, seed, asked }: SimulateOptions, tally: Tally): Promise<World> {
  try {
    return await findWorld(connectGraph({ url, key, random: createRandom(seed), tally, drop: 0, signal: asked, patienceMilliseconds: 15_000 }));
  } catch (error) {
    if (error instanceof GraphError) throw new OperatorError(`Forge Graph at ${url} refuses: ${error.message}`);
    throw error instanceof NoAnswerError ? new OperatorError(`Forge Graph does not answer at ${url}: ${error.message}`) : error;
  }
}

/** Starts the runs, and looks after them until all have ended, it is asked to stop or the time is over. */
async function seeThrough(launcher: Launcher, { runs = Infinity, rate, runtimes, timeoutSeconds }: SimulateOptions, stopping: AbortSignal): Promise<readonly string[]> {
  const timeout = runs === Infinity ? stopping : AbortSignal.any([stopping, AbortSignal.timeout(timeoutSeconds * 1_000)]);
  const pace = { runs, rate: rate ?? (runs === Infinity ? 12 : Infinity), width: runs === Infinity ? Infinity : 10 * runtimes };
  const starting = { isDone: false };
  const [unfinished] = await Promise.all([
    watch(launcher, starting, timeout),
    startRuns(launcher, pace, timeout).finally(() => (starting.isDone = true)),
  ]);
  return runs === Infinity ? [] : unfinished;
}

/** Looks until every run that is to be started has been, and has ended; answers those that have not when the time is over. */
async function watch(launcher: Launcher, starting: { readonly isDone: boolean }, timeout: AbortSignal): Promise<readonly string[]> {
  for (let unfinished: readonly string[] = []; ; ) {
    const isLast = timeout.aborted || starting.isDone;
    unfinished = await outlive(launcher.tally, unfinished, () => watchRuns(launcher));
    if (timeout.aborted || (isLast && launcher.open.size === 0)) return unfinished;
    await pause(500, timeout);
  }
}

/** The gateways of the i-th of `runtimes`: each gateway has a runtime, and each runtime a gateway. */
export function shareOf(gatewayIds: readonly string[], i: number, runtimes: number): string[] {
  if (gatewayIds.length < runtimes) return [gatewayIds[i % gatewayIds.length] as string];
  return gatewayIds.filter((_, g) => g % runtimes === i);
}

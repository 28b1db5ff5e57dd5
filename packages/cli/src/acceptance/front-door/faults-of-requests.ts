import type { Drain } from './drain.ts';
import type { Flood } from './flood.ts';
import type { Recorded } from './open-loop.ts';
import type { Storm } from './storm.ts';

type Outcome = Recorded['verdict']['outcome'];

export interface TimeLimit {
  /** Of an operation, and how much later its answer may come for what lies between its clock and the client's, in milliseconds. */
  readonly limit: number;
  readonly slack: number;
}

export interface StormPromise extends TimeLimit {
  readonly swaps: number;
  readonly kills: number;
}

/** What is not as it should be: a request that failed though all it needs is well, a gap that is told wrongly, one that took too long, a storm that was none. */
export function faultsOfStorm({ recorded, swaps, kills }: Storm, promised: StormPromise): string[] {
  const sick = recorded.filter(isOfSick);
  return [
    ...unlike(recorded.filter((each) => !isOfSick(each)), ['whole']), ...unlike(sick, ['whole', 'gaps']), ...late(recorded, promised),
    ...(swaps.length < promised.swaps ? [`only ${swaps.length} supergraphs of ${promised.swaps} came into use`] : []),
    ...(kills.length < promised.kills ? [`only ${kills.length} kills of ${promised.kills}`] : []),
    ...[...Map.groupBy(sick, ({ kind }) => kind)].flatMap(([kind, all]) => (all.some(({ verdict }) => verdict.outcome === 'gaps') ? [] : [`${kind}: nobody noticed`])),
  ];
}

/** Those turned away are told when to come again, the others are answered, nobody waits for long, and neither is nobody. */
export function faultsOfFlood({ recorded, afterwards }: Flood, limit: TimeLimit): string[] {
  const has = (outcome: Outcome) => recorded.some(({ verdict }) => verdict.outcome === outcome);
  return [
    ...unlike(recorded, ['whole', 'gaps', 'refused', 'not sent']), ...late(recorded, limit), ...unlike(afterwards, ['whole']).map((fault) => `afterwards: ${fault}`),
    ...recorded.flatMap(({ verdict }) => (verdict.outcome === 'refused' && !/^503, Retry-After: \d/.test(verdict.detail) ? [verdict.detail] : [])).slice(0, 3),
    // Whether some had to be refused depends on the machine; that they are, when too many are under way, turned-away.test.ts shows.
    ...(has('whole') ? [] : ['nobody was answered']),
  ];
}

/** Who is told of a stop by another connection's end may not have been heard; who has been is answered. */
const tellingMilliseconds = 100;

/** Whatever the gateway has begun it ends, in time, and then exits with 0. */
export function faultsOfDrain({ recorded, told, milliseconds, ended, operations }: Drain, { limit, slack }: TimeLimit): string[] {
  const answered = recorded.filter(({ verdict }) => verdict.outcome === 'whole' || verdict.outcome === 'gaps').length;
  return [
    ...unlike(recorded.filter(({ at }) => at < told - tellingMilliseconds), ['whole', 'gaps']), ...unlike(recorded, ['whole', 'gaps', 'refused', 'failed']),
    ...(answered === operations ? [] : [`the gateway answered ${operations}, of which ${answered} arrived`]),
    ...(ended === 'with code 0' ? [] : [`the gateway ended ${ended}`]),
    ...(milliseconds <= limit + slack ? [] : [`the gateway took ${milliseconds} ms to stop`]),
  ];
}

function isOfSick({ mayLack }: Recorded): boolean {
  return mayLack.length > 0;
}

/** For each kind of request and each fault how often, with one of them. */
function unlike(recorded: readonly Recorded[], outcomes: readonly Outcome[]): string[] {
  const others = recorded.filter(({ verdict }) => !outcomes.includes(verdict.outcome));
  return [...Map.groupBy(others, ({ kind, verdict }) => `${kind}: ${verdict.outcome}`)].map(([what, all]) => `${what} ${all.length} times, ${JSON.stringify(all[0])}`);
}

function late(recorded: readonly Recorded[], { limit, slack }: TimeLimit): string[] {
  const all = recorded.filter(({ took }) => took > limit + slack);
  return all.length === 0 ? [] : [`${all.length} took longer than ${limit + slack} ms, the longest ${Math.round(Math.max(...all.map(({ took }) => took)))} ms: ${JSON.stringify(all[0])}`];
}

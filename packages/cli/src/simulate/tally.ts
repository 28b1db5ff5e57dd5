/** What has happened so far, counted. */
export interface Tally {
  readonly since: number;
  runsStarted: number;
  /** By the status they ended with. */
  readonly runsEnded: Map<string, number>;
  stepsClaimed: number;
  stepsCompleted: number;
  stepsFailed: number;
  /** Reports that came when the attempt had ended already. */
  late: number;
  renewals: number;
  approved: number;
  rejected: number;
  asked: number;
  answered: number;
  /** Answers thrown away. */
  dropped: number;
  /** Calls made once more, those whose answer was thrown away among them. */
  retried: number;
  /** What the platform did not take, in its words, and how often. */
  readonly refusals: Map<string, number>;
  /** Attempts that were handed to two claims. */
  readonly doubled: string[];
}

export function startTally(): Tally {
  return {
    since: performance.now(), runsStarted: 0, runsEnded: new Map(), stepsClaimed: 0, stepsCompleted: 0, stepsFailed: 0, late: 0, renewals: 0, approved: 0, rejected: 0,
    asked: 0, answered: 0, dropped: 0, retried: 0, refusals: new Map(), doubled: [],
  };
}

export function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** As much as fits on a line, for whoever watches. */
export function lineOf(tally: Tally): string {
  const { runsStarted, runsEnded, stepsCompleted, stepsFailed, approved, rejected, answered, dropped, retried, doubled } = tally;
  const seconds = (performance.now() - tally.since) / 1000;
  const ended = [...runsEnded].map(([status, runs]) => `${runs} ${status}`).sort().join(', ');
  return [
    `${seconds.toFixed(0).padStart(4)} s`, `runs: ${runsStarted} started, ${ended || 'none ended'}`,
    `steps: ${stepsCompleted} done, ${stepsFailed} failed, ${((stepsCompleted + stepsFailed) / seconds).toFixed(1)}/s`,
    `people: ${approved} approved, ${rejected} rejected, ${answered} answered`, `${dropped} answers dropped, ${retried} calls again`,
    ...(doubled.length > 0 ? [`${doubled.length} ATTEMPTS BEGUN TWICE`] : []),
  ].join(' | ');
}

/** All that there is to say at the end. */
export function summaryOf(tally: Tally, unfinished: readonly string[]): string[] {
  const { stepsClaimed, late, renewals, asked, refusals, doubled } = tally;
  return [
    lineOf(tally),
    `${stepsClaimed} attempts claimed, ${renewals} leases renewed, ${late} reports came too late, ${asked} questions asked`,
    ...[...refusals].map(([message, times]) => `refused ${times} times: ${message}`),
    ...unfinished.map((run) => `has not ended: ${run}`),
    ...doubled.map((attempt) => `begun twice: ${attempt}`),
  ];
}

/** What counts of an attempt when a run goes back. */
export interface Tried {
  readonly id: string;
  readonly stepId: string;
  readonly attempt: number;
  readonly status: string;
  readonly startedAt: Date | null;
  readonly clearedAt: Date | null;
}

export interface Handed {
  readonly fromStepId: string;
  readonly createdAt: Date;
}

export interface Snapshot {
  /** A step that was done twice is there twice. */
  readonly completedStepIds: readonly string[];
  readonly skippedStepIds: readonly string[];
  readonly createdAt: Date;
}

/**
 * The attempts that a run had behind it at a checkpoint, also when it has been rewound past them since: of each step as many
 * as were done or left out by then, with those that had failed before. What was under way is not among them, nor what had
 * failed for good; a step that was left out for such a failure is open again with it.
 * @param dependenciesOf what each step waits for, in a prescriptive run.
 */
export function attemptsAt<A extends Tried>(attempts: readonly A[], { completedStepIds, skippedStepIds, createdAt: time }: Snapshot, dependenciesOf: (stepId: string) => readonly string[]): A[] {
  const there = attempts.filter(({ clearedAt }) => clearedAt === null || clearedAt > time);
  const kept = new Map<string, A[]>();
  for (const [stepId, times] of Map.groupBy([...completedStepIds, ...skippedStepIds], (each) => each)) {
    // Those of a later time come behind, by their numbers.
    const ofStep = there.filter((each) => each.stepId === stepId).toSorted(byAttempt);
    const last = ofStep.filter(({ status }) => status === 'COMPLETED' || status === 'SKIPPED')[times.length - 1];
    if (last) kept.set(stepId, ofStep.slice(0, ofStep.indexOf(last) + 1));
  }
  for (;;) {
    const open = [...kept].find(([stepId, ofStep]) => ofStep.at(-1)?.status === 'SKIPPED' && dependenciesOf(stepId).some((other) => !kept.has(other)));
    if (!open) return [...kept.values()].flat();
    kept.delete(open[0]);
  }
}

/** The handoffs that the `kept` ones of a run's attempts made; one that no attempt made counts when it was there at `time`. */
export function handoffsOf<H extends Handed>(handoffs: readonly H[], { all, kept, time }: { all: readonly Tried[]; kept: readonly Tried[]; time: Date }): H[] {
  return handoffs.filter(({ fromStepId, createdAt }) => {
    // A step does one thing at a time, so the attempt that had begun last made it.
    const maker = all.filter(({ stepId, startedAt }) => stepId === fromStepId && startedAt !== null && startedAt <= createdAt).toSorted(byAttempt).at(-1);
    return maker ? kept.includes(maker) : createdAt <= time;
  });
}

function byAttempt(a: Tried, b: Tried): number {
  return a.attempt - b.attempt;
}

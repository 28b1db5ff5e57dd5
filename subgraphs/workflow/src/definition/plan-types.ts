import type { Json, JsonObject } from './json.ts';
import type { Definition } from './parse-definition.ts';

/** What is known of a run when it is to be decided how it goes on. */
export interface PlanInput {
  readonly definition: Definition;
  readonly runType: 'PRESCRIPTIVE' | 'DELEGATED';
  readonly args: Json;
  /** Those that no rewind has cleared; the ended ones in the order in which they ended. */
  readonly attempts: readonly Attempt[];
  /** The highest number of an attempt that a rewind has cleared, by step: numbers are not used twice. */
  readonly clearedAttempts?: Readonly<Record<string, number>>;
  readonly approvals: readonly PlannedApproval[];
  /** Those that no rewind has cleared, in the order in which they were given; only delegated runs look at them. */
  readonly handoffs: readonly PlannedHandoff[];
  /** Runs that this one started and that have not ended. */
  readonly openChildRuns: number;
}

export type AttemptStatus = 'PENDING' | 'HELD' | 'DISPATCHED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'SKIPPED' | 'CANCELLED' | 'TIMED_OUT';

export interface StepError {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

export interface Attempt {
  readonly id: string;
  readonly stepId: string;
  readonly attempt: number;
  readonly status: AttemptStatus;
  readonly output: Json;
  readonly error: StepError | null;
  /** The handoff it was begun for, as the plan had it; null in prescriptive runs and for what a delegated run begins with. */
  readonly handoffId?: string | null;
}

export interface PlannedApproval {
  readonly stepId: string;
  readonly stepResultId: string | null;
  readonly source: 'WORKFLOW' | 'POLICY' | 'ESCALATION';
  readonly status: 'PENDING' | 'APPROVED' | 'REJECTED';
}

export interface PlannedHandoff {
  readonly id: string;
  readonly toStepId: string;
  readonly payload: Json;
}

/** An attempt to be made; its number is the next of its step. */
export interface Planned {
  readonly stepId: string;
  readonly attempt: number;
  /** To be kept with the attempt, and given back with it. */
  readonly handoffId: string | null;
}

/** An attempt to be made and HELD: for a person's consent first, or for its money alone. */
export interface PlannedBegin extends Planned {
  readonly role: string;
  readonly command: string;
  readonly inputs: JsonObject;
  readonly outputs: readonly string[];
  readonly timeoutSeconds: number;
  readonly reserveCents: string;
  readonly heldFor: 'APPROVAL' | 'BUDGET';
}

/** An attempt to be written down as SKIPPED. */
export interface PlannedSkip extends Planned { readonly reason: string }

/** An attempt to be written down as FAILED, since its condition or its inputs could not be worked out. */
export interface PlannedFailure extends Planned { readonly error: StepError }

/** A person to be asked whether a step that has failed is to be tried once more. */
export interface PlannedEscalation {
  readonly stepId: string;
  readonly attempt: number;
  /** The attempt that failed; null when it is one of this plan's own failures. */
  readonly stepResultId: string | null;
  readonly summary: string;
}

export interface Plan {
  readonly begin: readonly PlannedBegin[];
  readonly skip: readonly PlannedSkip[];
  readonly fail: readonly PlannedFailure[];
  readonly escalate: readonly PlannedEscalation[];
  readonly end: null | { readonly status: 'COMPLETED' } | { readonly status: 'FAILED'; readonly stepId: string; readonly error: StepError };
  /** What a run with nothing under way waits for, in words; null when something is under way, or it has ended. */
  readonly waitingReason: string | null;
}

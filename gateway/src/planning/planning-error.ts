/**
 * Why there is no plan: the operation makes none (`impossible`), or more than there is room to weigh (`too-complex`), or took longer than
 * planning may (`too-slow`); too many others wait (`busy`); the planner broke under it twice (`lost`) or is `closed`.
 */
export type PlanningFault = 'impossible' | 'too-complex' | 'too-slow' | 'busy' | 'lost' | 'closed';

/** What a client is told of an operation that is `too-complex`. */
export const tooComplex = 'There are too many ways to fetch what this operation asks for. Ask for less at once.';

/** An operation without a plan. The message is fit for clients; what they need not know is in `cause`. */
export class PlanningError extends Error {
  override readonly name = 'PlanningError';
  readonly fault: PlanningFault;

  constructor(fault: PlanningFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

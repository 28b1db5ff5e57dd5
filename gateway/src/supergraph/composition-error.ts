import { OperatorError } from '@forge/config';

/** Subgraphs that do not fit together: each fault with where it is, what it is and what to do about it. */
export class CompositionError extends OperatorError {
  override readonly name = 'CompositionError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The subgraphs do not compose, there is ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n\n${faults.join('\n\n')}`);
    this.faults = faults;
  }
}

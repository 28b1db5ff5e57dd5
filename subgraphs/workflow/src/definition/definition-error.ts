/** A definition that cannot be used. */
export class DefinitionError extends Error {
  /** Each with its line. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

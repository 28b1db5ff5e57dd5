/** A fault that whoever runs the process can mend: shown as its message alone, without a stack. */
export class OperatorError extends Error {
  override readonly name: string = 'OperatorError';
}

/** A read that was given up because nobody waits for it any longer; `cause` is why. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';

  constructor(cause: unknown) {
    super('nobody waits for this read any longer', { cause });
  }
}

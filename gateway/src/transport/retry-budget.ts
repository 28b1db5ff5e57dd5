/** What one subgraph may be asked again. */
export interface RetryBudget {
  /** A fetch has begun, and pays for a part of a retry. */
  earn(): void;
  allows(): boolean;
  spend(): void;
}

/**
 * Keeps retries to a part of the normal load: a subgraph that fails under too much is not given a multiple of it. Each fetch
 * saves up `ratio` of a retry, up to `savings`, which are there from the beginning, so that a failure among few is retried too.
 */
export function createRetryBudget(ratio: number, savings: number): RetryBudget {
  let saved = savings;
  return {
    earn: () => { saved = Math.min(savings, saved + ratio); },
    allows: () => saved >= 1,
    // Below nothing when several were allowed at the same moment: the fetches to come pay it back.
    spend: () => { saved -= 1; },
  };
}

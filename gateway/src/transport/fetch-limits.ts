/** How much a subgraph is asked at once, and how long and how often anyone waits for it. */
export interface FetchLimits {
  /** For one fetch: its wait for a slot, its attempts, and the pauses between them. */
  readonly timeoutMilliseconds: number;
  /** Fetches under way at the same time. Over HTTP there is a connection for each. */
  readonly concurrent: number;
  /** Fetches that wait for a slot; one more is refused at once. */
  readonly queued: number;
  /** Attempts of a query after the first. */
  readonly retries: number;
  /** The pause before the first retry is anything up to this, before the second up to twice as much. */
  readonly retryPauseMilliseconds: number;
  /** How many retries each fetch pays for, for itself and others. */
  readonly retryRatio: number;
  /** How many retries can be saved up, and there are to begin with. */
  readonly retrySavings: number;
  /** The breaker looks at so many fetches, the last ones, and opens when more than half of them failed. */
  readonly breakerWindow: number;
  /** As long as there have been fewer, it stays closed. */
  readonly breakerMinimum: number;
  /** How long it is open before a fetch may try; each try that fails doubles it, up to `breakerMaxMilliseconds`. */
  readonly breakerMilliseconds: number;
  readonly breakerMaxMilliseconds: number;
}

export const defaultLimits: FetchLimits = {
  timeoutMilliseconds: 10_000,
  concurrent: 128,
  queued: 1_024,
  retries: 2,
  retryPauseMilliseconds: 100,
  retryRatio: 0.2,
  retrySavings: 10,
  breakerWindow: 20,
  breakerMinimum: 10,
  breakerMilliseconds: 1_000,
  breakerMaxMilliseconds: 5_000,
};

/** What a store says of a principal's present window. */
export interface Counted {
  readonly allowed: boolean;
  /** Points that are used up in it, those just taken among them. */
  readonly used: number;
  readonly window: number;
  /** Until the next window. */
  readonly resetSeconds: number;
}

/** Where points are counted. They are whole and no more than the limit; what does not fit is not taken. */
export interface RateStore {
  take(key: string, points: number): Promise<Counted>;
  /** Lets points of a window be used again, as long as it is the present one. */
  giveBack(key: string, points: number, window: number): Promise<void>;
  /** `allowed` says whether any are left. */
  look(key: string): Promise<Counted>;
  close(): Promise<void>;
}

export interface RateStoreOptions {
  /** Points of a window. */
  readonly limit: number;
  readonly windowSeconds: number;
}

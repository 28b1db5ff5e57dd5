/** Rows of an organisation. */
export interface RowsOf {
  readonly orgId: string;
  readonly rows: number;
}

/** How long a kind of rows is kept, and how what is older goes. `Client` is the domain's Prisma client. */
export interface Retention<Client> {
  /** What goes, in words: `token events`. */
  readonly name: string;
  /** When it goes by itself: five-field cron, UTC. */
  readonly crontab: string;
  /** What `remove` would remove at `now`. */
  count(prisma: Client, now: Date): Promise<readonly RowsOf[]>;
  /**
   * Removes what is older, in transactions of bounded size, and answers what went; safe with many at once, and when killed
   * half-way. Once `signal` is aborted it may leave the rest for its next time.
   */
  remove(prisma: Client, now: Date, signal?: AbortSignal): Promise<readonly RowsOf[]>;
}

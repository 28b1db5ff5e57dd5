import { AsyncLocalStorage } from 'node:async_hooks';

/** The request for which code runs, for what is far from where it came in: the log, the spans, the connections to a database. */
export interface RequestScope {
  readonly requestId?: string | undefined;
  /** The subgraph that works on it. */
  readonly subgraph?: string | undefined;
  /** When nobody waits for it any longer, in milliseconds since the epoch. */
  readonly deadline?: number | undefined;
}

const scopes = new AsyncLocalStorage<RequestScope>();

/** Runs `work`, and all that it starts, within a request: log lines carry its id. */
export function withinRequest<T>(scope: RequestScope, work: () => T): T {
  return scopes.run(scope, work);
}

/** The request that this code runs for; undefined when it runs for none, as jobs do. */
export function currentRequest(): RequestScope | undefined {
  return scopes.getStore();
}

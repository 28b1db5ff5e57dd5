import type { Principal } from '@forge/auth';
import type { SqlClient } from './sql-client.ts';

/** Who waits for the answer. */
export interface Caller {
  /** Aborts when nobody does any longer; undefined for a mutation, which ends as it would have. */
  signal: AbortSignal | undefined;
}

/** What the kit needs to know of the request a resolver runs in. */
export interface KitContext {
  readonly principal: Principal;
  readonly sql: SqlClient;
  /** What this request has loaded or is about to load; a write empties it. */
  readonly loaders: Map<unknown, unknown>;
  readonly caller: Caller;
}

/** What `create` made for `key` in this request, made on first use. */
export function oncePerRequest<V>(context: KitContext, key: unknown, create: () => V): V {
  if (!context.loaders.has(key)) context.loaders.set(key, create());
  return context.loaders.get(key) as V;
}

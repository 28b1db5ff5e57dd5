import type { Principal } from '@forge/auth';
import type { SqlClient } from './sql-client.ts';

/** What the kit needs to know of the request a resolver runs in. */
export interface KitContext {
  readonly principal: Principal;
  readonly sql: SqlClient;
  /** What this request has loaded or is about to load; a write empties it. */
  readonly loaders: Map<unknown, unknown>;
  /** Aborts when nobody waits for this query any longer. A mutation has none: it ends as it would have. */
  signal?: AbortSignal | undefined;
}

/** What `create` made for `key` in this request, made on first use. */
export function oncePerRequest<V>(context: KitContext, key: unknown, create: () => V): V {
  if (!context.loaders.has(key)) context.loaders.set(key, create());
  return context.loaders.get(key) as V;
}

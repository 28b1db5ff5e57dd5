import { timeOfId } from '@forge/subgraph-kit';
import type { Reader } from './reader.ts';

/** Which token events are still there, and what they say. */
export interface KeptEvents {
  /** Whether token events of this moment may have been dropped with age. */
  mayBeGone(orgId: string, at: Date): boolean;
  /** Whether a run had a token event that has been dropped. */
  hasLost(orgId: string, runId: string): Promise<boolean>;
  /** Those of `ids` that there are. */
  find(orgId: string, ids: readonly string[]): Promise<Map<string, KeptEvent>>;
}

export interface KeptEvent {
  readonly id: string;
  readonly costCents: string;
  readonly totalTokens: string;
}

export async function keptEvents(analytics: Reader): Promise<KeptEvents> {
  const states = await analytics.rows<{ orgId: string; eventsFrom: Date }>('SELECT "orgId", "eventsFrom" FROM "compactionState" WHERE "eventsFrom" IS NOT NULL');
  const eventsFrom = new Map(states.map((state) => [state.orgId, state.eventsFrom]));
  return {
    mayBeGone: (orgId, at) => at < (eventsFrom.get(orgId) ?? new Date(0)),
    async hasLost(orgId, runId) {
      const from = eventsFrom.get(orgId);
      if (!from) return false;
      const lost = await analytics.rows('SELECT 1 AS lost FROM "scopeRuns" WHERE "orgId" = $1 AND "runId" = $2 AND "scopeType" = \'GLOBAL\' AND "firstAt" < $3', [orgId, runId, from]);
      return lost.length > 0;
    },
    async find(orgId, ids) {
      if (ids.length === 0) return new Map();
      // An id carries the time of its event, which names the partitions to look into.
      const times = ids.map((id) => timeOfId(id).getTime());
      const rows = await analytics.rows<KeptEvent>(
        'SELECT "id", "costCents"::text, ("inputTokens"::bigint + "outputTokens")::text AS "totalTokens" FROM "tokenEvents" WHERE "orgId" = $1 AND "id" = ANY($2) AND "occurredAt" BETWEEN $3 AND $4',
        [orgId, ids, new Date(Math.min(...times)), new Date(Math.max(...times))]);
      return new Map(rows.map((row) => [row.id, row]));
    },
  };
}

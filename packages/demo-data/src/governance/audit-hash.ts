import { createHash } from 'node:crypto';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a row of `auditEvents` vouches for. */
export interface Audited {
  readonly id: string;
  readonly orgId: string;
  readonly category: string;
  readonly eventType: string;
  readonly actorType: string;
  readonly actorId: string | null;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly runId: string | null;
  readonly detail: Json;
  readonly occurredAt: Date;
  readonly sequence: string;
  readonly previousHash: string;
}

/** As the governance domain says, in subgraphs/governance/src/audit-event/audit-hash.ts; both are tested on the same row. */
export function hashOf(row: Audited): string {
  const { id, orgId, category, eventType, actorType, actorId, resourceType, resourceId, runId, detail, occurredAt, sequence, previousHash } = row;
  const form = canonical({ id, orgId, category, eventType, actorType, actorId, resourceType, resourceId, runId, detail, occurredAt: occurredAt.toISOString(), sequence, previousHash });
  return createHash('sha256').update(form).digest('hex');
}

function canonical(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key] as Json)}`).join(',')}}`;
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

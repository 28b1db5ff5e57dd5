import type { JsonValue } from '@forge/subgraph-kit';
import { createHash } from 'node:crypto';

/** What a row of the audit trail vouches for: all its columns but `createdAt` and `hash`. */
export interface AuditedRow {
  readonly id: string;
  readonly orgId: string;
  readonly category: string;
  readonly eventType: string;
  readonly actorType: string;
  readonly actorId: string | null;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly runId: string | null;
  readonly detail: JsonValue | null;
  readonly occurredAt: Date;
  /** In decimal digits. */
  readonly sequence: string;
  readonly previousHash: string;
}

/** The `previousHash` of an organisation's first row. */
export const beforeTheFirst = '0'.repeat(64);

/**
 * The `hash` of a row: SHA-256, in lower-case hexadecimal, over the UTF-8 text of a JSON object that has each column of
 * `AuditedRow` under its name. Its form is that of RFC 8785: no spaces, the keys of every object in the order of their
 * UTF-16 code units, strings and numbers as ECMAScript's JSON.stringify writes them. `occurredAt` is a string as
 * `2026-11-23T10:00:00.000Z`, `sequence` a string of digits; what is empty is null. Since `previousHash` is one of the
 * columns, a row vouches for every one before it.
 */
export function auditHash(row: AuditedRow): string {
  const { id, orgId, category, eventType, actorType, actorId, resourceType, resourceId, runId, detail, occurredAt, sequence, previousHash } = row;
  const form = { id, orgId, category, eventType, actorType, actorId, resourceType, resourceId, runId, detail, occurredAt: occurredAt.toISOString(), sequence, previousHash };
  return createHash('sha256').update(canonicalJson(form)).digest('hex');
}

function canonicalJson(value: JsonValue | null): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`).join(',')}}`;
}

function isList(value: object): value is readonly (JsonValue | null)[] {
  return Array.isArray(value);
}

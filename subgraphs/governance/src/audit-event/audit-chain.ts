import { Prisma } from '@forge/prisma-governance';
import { invalid } from '@forge/subgraph-kit';
import type { GovernanceContext } from '../context.ts';
import type { QueryAuditChainArgs } from '../generated/graphql.ts';
import { auditHash, beforeTheFirst, type AuditedRow } from './audit-hash.ts';

/** A row as the next one knows it. */
interface Link {
  /** In decimal digits. */
  readonly sequence: string;
  readonly hash: string;
}

type Row = AuditedRow & Link;

const pageSize = 1_000;

/** Recomputes the hashes of the rows that occurred from `from` to `to`, and of what was written down between them, each from the one before it. */
export async function auditChain({ from, to }: QueryAuditChainArgs, context: GovernanceContext) {
  if (from && to && to < from) throw invalid('to', 'lies before from');
  const { first, last } = await endsOf(context, from, to);
  if (first === null || last === null) return { verified: true, checkedCount: 0, firstBrokenId: null, message: 'No event occurred in this time.' };

  let before = await linkBefore(context, first);
  let checkedCount = 0;
  for (let after = String(BigInt(first) - 1n); ; after = before.sequence) {
    const rows = await readPage(context, after, last);
    for (const row of rows) {
      const fault = await faultOf(context, row, before);
      if (fault) return { verified: false, checkedCount, firstBrokenId: row.id, message: `Event ${row.sequence} ${fault}.` };
      before = row;
      checkedCount++;
    }
    if (rows.length < pageSize) break;
  }
  return { verified: true, checkedCount, firstBrokenId: null, message: `Events ${first} to ${last} are as they were written, and none is missing.` };
}

async function endsOf({ prisma, principal: { orgId } }: GovernanceContext, from: Date | null | undefined, to: Date | null | undefined): Promise<{ first: string | null; last: string | null }> {
  const after = from ? Prisma.sql`AND "occurredAt" >= ${from}` : Prisma.empty;
  const until = to ? Prisma.sql`AND "occurredAt" < ${to}` : Prisma.empty;
  const [ends] = await prisma.$queryRaw<[{ first: string | null; last: string | null }]>`
    SELECT min("sequence")::text AS first, max("sequence")::text AS last FROM "auditEvents" WHERE "orgId" = ${orgId} ${after} ${until}`;
  return ends;
}

function readPage({ prisma, principal: { orgId } }: GovernanceContext, after: string, last: string): Promise<Row[]> {
  return prisma.$queryRaw<Row[]>`
    SELECT "id", "orgId", "category"::text, "eventType", "actorType"::text, "actorId", "resourceType", "resourceId", "runId", "detail", "occurredAt", "sequence"::text, "previousHash", "hash"
    FROM "auditEvents" WHERE "orgId" = ${orgId} AND "sequence" > ${after}::bigint AND "sequence" <= ${last}::bigint ORDER BY "auditEvents"."sequence" LIMIT ${pageSize}::int`;
}

/** What the row with this place follows: another row, what retention has left in its stead, or nothing at all. */
async function linkBefore(context: GovernanceContext, sequence: string): Promise<Link> {
  const [row] = await context.prisma.$queryRaw<Link[]>`
    SELECT "sequence"::text, "hash" FROM "auditEvents" WHERE "orgId" = ${context.principal.orgId} AND "sequence" = ${sequence}::bigint - 1`;
  return row ?? anchorOf(context);
}

async function anchorOf({ prisma, principal: { orgId } }: GovernanceContext): Promise<Link> {
  const anchor = await prisma.auditAnchor.findUnique({ where: { orgId } });
  return anchor ? { sequence: String(anchor.sequence), hash: anchor.hash } : { sequence: '0', hash: beforeTheFirst };
}

/** What is wrong with a row, for people; undefined when nothing is. */
async function faultOf(context: GovernanceContext, row: Row, before: Link): Promise<string | undefined> {
  if (auditHash(row) !== row.hash) return 'is not as it was written: its hash is another';
  if (follows(row, before)) return undefined;
  // Retention may have gone on since, and have taken what came before.
  if (follows(row, await anchorOf(context))) return undefined;
  if (row.sequence === next(before)) return 'does not follow the one before it: that one\'s hash is another';
  return before.sequence === '0' ? 'is the first there is: those before it are missing' : `does not follow event ${before.sequence}: what was between them is missing`;
}

function follows(row: Row, before: Link): boolean {
  return row.sequence === next(before) && row.previousHash === before.hash;
}

function next({ sequence }: Link): string {
  return String(BigInt(sequence) + 1n);
}

import { add, differing, type Difference, type Findings } from './findings.ts';
import { joinSorted } from './join-sorted.ts';
import type { KeptEvents } from './kept-events.ts';
import { textOf, unitsOf } from './money.ts';
import type { Reader } from './reader.ts';

interface Run {
  readonly orgId: string;
  readonly id: string;
  readonly createdAt: Date;
  readonly totalCostCents: string;
  readonly totalTokens: string;
  readonly isParent: boolean;
}

/** What calls come to. */
interface Sum {
  cents: bigint;
  tokens: bigint;
  /** Whether some of them have been dropped with age. */
  isCut: boolean;
}

interface SumRow {
  readonly orgId: string;
  readonly id: string;
  readonly cents: string;
  readonly tokens: string;
  readonly isCut: boolean;
}

const runs = `
  SELECT "orgId", "id", "createdAt", "totalCostCents"::text, "totalTokens"::text,
    EXISTS (SELECT FROM "workflowRuns" AS child WHERE child."orgId" = run."orgId" AND child."parentRunId" = run."id") AS "isParent"
  FROM "workflowRuns" AS run ORDER BY "orgId" COLLATE "C", "id" COLLATE "C"`;

/** The calls of each run that `which` lets through, of those that are there and of those that are known to have been dropped. */
const sumsOfCalls = (which: string) => `
  SELECT "orgId", "runId" AS id, sum(cents)::text AS cents, sum(tokens)::text AS tokens, bool_or(gone) AS "isCut" FROM (
    SELECT "orgId", "runId", "costCents" AS cents, "inputTokens"::bigint + "outputTokens" AS tokens, false AS gone FROM "tokenEvents" WHERE "runId" IS NOT NULL ${which}
    UNION ALL
    SELECT "orgId", "runId", 0, 0, true FROM "scopeRuns" JOIN "compactionState" USING ("orgId") WHERE "scopeType" = 'GLOBAL' AND "firstAt" < "eventsFrom" ${which}
  ) AS call GROUP BY 1, 2 ORDER BY "orgId" COLLATE "C", "runId" COLLATE "C"`;

const family = `
  WITH RECURSIVE family AS (
    SELECT id AS root, id FROM unnest($2::text[]) AS id
    UNION ALL
    SELECT family.root, child."id" FROM family JOIN "workflowRuns" AS child ON child."orgId" = $1 AND child."parentRunId" = family.id
  )
  SELECT root, id FROM family`;

const parentsAtOnce = 1_000;

/** Each run has cost, and has used, what its calls and those of the runs that it started have, at any depth. */
export async function* checkRuns(workflow: Reader, analytics: Reader, kept: KeptEvents, findings: Findings): AsyncGenerator<Difference> {
  let parents: Run[] = [];
  for await (const [run, row] of joinSorted<Run, SumRow>(workflow.pages(runs), analytics.pages(sumsOfCalls('')))) {
    if (!run.isParent) {
      yield* compare(run, row ? sumOf(row) : nothing(), kept, findings);
      continue;
    }
    if (parents.length >= parentsAtOnce || (parents[0] && parents[0].orgId !== run.orgId)) {
      yield* checkParents(workflow, analytics, parents, kept, findings);
      parents = [];
    }
    parents.push(run);
  }
  yield* checkParents(workflow, analytics, parents, kept, findings);
}

async function* checkParents(workflow: Reader, analytics: Reader, parents: readonly Run[], kept: KeptEvents, findings: Findings): AsyncGenerator<Difference> {
  const [{ orgId } = { orgId: '' }] = parents;
  const totals = new Map(parents.map(({ id }) => [id, nothing()]));
  for await (const page of workflow.pages<{ root: string; id: string }>(family, [orgId, [...totals.keys()]])) {
    const rows = await analytics.rows<SumRow>(sumsOfCalls('AND "orgId" = $1 AND "runId" = ANY($2)'), [orgId, [...new Set(page.map(({ id }) => id))]]);
    const sums = new Map(rows.map((row) => [row.id, sumOf(row)]));
    for (const { root, id } of page) {
      const [total, own] = [totals.get(root), sums.get(id)];
      if (total && own) Object.assign(total, { cents: total.cents + own.cents, tokens: total.tokens + own.tokens, isCut: total.isCut || own.isCut });
    }
  }
  for (const run of parents) yield* compare(run, totals.get(run.id) ?? nothing(), kept, findings);
}

function* compare({ orgId, id, createdAt, totalCostCents, totalTokens }: Run, { cents, tokens, isCut }: Sum, kept: KeptEvents, { checked, leftOut }: Findings): Generator<Difference> {
  if (isCut || kept.mayBeGone(orgId, createdAt)) { add(leftOut, 'runs'); return; }
  add(checked, 'runs');
  yield* differing('run', id, { totalCostCents: textOf(unitsOf(totalCostCents)), totalTokens }, { totalCostCents: textOf(cents), totalTokens: tokens.toString() });
}

function sumOf({ cents, tokens, isCut }: SumRow): Sum {
  return { cents: unitsOf(cents), tokens: BigInt(tokens), isCut };
}

function nothing(): Sum {
  return { cents: 0n, tokens: 0n, isCut: false };
}

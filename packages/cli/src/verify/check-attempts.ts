import { add, differing, type Difference, type Findings } from './findings.ts';
import { joinSorted } from './join-sorted.ts';
import type { KeptEvents } from './kept-events.ts';
import { textOf, unitsOf } from './money.ts';
import type { Reader } from './reader.ts';

interface Attempt {
  readonly orgId: string;
  readonly id: string;
  readonly runId: string;
  readonly createdAt: Date;
  readonly costCents: string;
  readonly inputTokens: string;
  readonly outputTokens: string;
}

type Sums = Pick<Attempt, 'orgId' | 'id' | 'costCents' | 'inputTokens' | 'outputTokens'>;

const attempts = `
  SELECT "orgId", "id", "runId", "createdAt", "costCents"::text, "inputTokens"::text, "outputTokens"::text FROM "stepResults" ORDER BY "orgId" COLLATE "C", "id" COLLATE "C"`;
const sumsOfCalls = `
  SELECT "orgId", "stepResultId" AS id, sum("costCents")::text AS "costCents", sum("inputTokens")::text AS "inputTokens", sum("outputTokens")::text AS "outputTokens"
  FROM "tokenEvents" WHERE "stepResultId" IS NOT NULL GROUP BY 1, 2 ORDER BY "orgId" COLLATE "C", "stepResultId" COLLATE "C"`;

/** Each attempt has cost, and has used, what its calls have. */
export async function* checkAttempts(workflow: Reader, analytics: Reader, kept: KeptEvents, { checked, leftOut }: Findings): AsyncGenerator<Difference> {
  for await (const [attempt, sums] of joinSorted<Attempt, Sums>(workflow.pages(attempts), analytics.pages(sumsOfCalls))) {
    const { orgId, id, runId, createdAt, costCents, inputTokens, outputTokens } = attempt;
    if (kept.mayBeGone(orgId, createdAt)) {
      add(leftOut, 'attempts');
      continue;
    }
    const stored = { costCents: textOf(unitsOf(costCents)), inputTokens, outputTokens };
    const recomputed = { costCents: textOf(unitsOf(sums?.costCents ?? '0')), inputTokens: sums?.inputTokens ?? '0', outputTokens: sums?.outputTokens ?? '0' };
    const differences = [...differing('attempt', id, stored, recomputed)];
    // A call may have been made long before it was told of.
    if (differences.length > 0 && (await kept.hasLost(orgId, runId))) {
      add(leftOut, 'attempts');
      continue;
    }
    add(checked, 'attempts');
    yield* differences;
  }
}

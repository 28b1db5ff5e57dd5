import { timeOfId } from '@forge/subgraph-kit';
import { add, differing, type Difference, type Findings } from './findings.ts';
import type { KeptEvents } from './kept-events.ts';
import { textOf, unitsOf } from './money.ts';
import type { Reader } from './reader.ts';

interface Row {
  readonly orgId: string;
  readonly id: string;
  readonly tokenEventId: string;
  readonly costCents: string;
  readonly totalTokens: string;
}

const attributions = `
  SELECT "orgId", "id", "tokenEventId", "costCents"::text, "totalTokens"::text FROM "factoryTokenEvents" ORDER BY "orgId", "occurredAt", "id"`;

/** What was attributed to a factory is what the call has cost and used. */
export async function* checkFactoryEvents(factories: Reader, kept: KeptEvents, { checked, leftOut }: Findings): AsyncGenerator<Difference> {
  for await (const page of factories.pages<Row>(attributions)) {
    for (const [orgId, rows] of Map.groupBy(page, (row) => row.orgId)) {
      const known = rows.filter(({ tokenEventId }) => !kept.mayBeGone(orgId, timeOfId(tokenEventId)));
      if (known.length < rows.length) add(leftOut, 'factory token events', rows.length - known.length);
      add(checked, 'factory token events', known.length);
      const events = await kept.find(orgId, known.map(({ tokenEventId }) => tokenEventId));
      for (const { id, tokenEventId, costCents, totalTokens } of known) {
        const event = events.get(tokenEventId);
        if (!event) yield { what: 'factory token event', id, field: 'tokenEventId', stored: tokenEventId, recomputed: 'no such token event' };
        else yield* differing('factory token event', id, { costCents: textOf(unitsOf(costCents)), totalTokens }, { costCents: textOf(unitsOf(event.costCents)), totalTokens: event.totalTokens });
      }
    }
  }
}

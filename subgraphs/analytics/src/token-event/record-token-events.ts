import type { Prisma } from '@forge/prisma-analytics';
import { actsFor, answer, checkInput, UserFaults, type UserError } from '@forge/subgraph-kit';
import type { AnalyticsContext } from '../context.ts';
import type { RecordTokenEventsInput } from '../generated/graphql.ts';
import { lockPrices } from '../model-price/lock-prices.ts';
import { countCalls } from './count-calls.ts';
import { insertPriced, newCalls, type Inserted } from './insert-priced.ts';
import { recordTokenEventsRules, type TokenEventData } from './token-event.rules.ts';

export async function recordTokenEvents(input: RecordTokenEventsInput, context: AnalyticsContext) {
  const payload = await answer(async () => {
    const { events } = checkInput(recordTokenEventsRules(context.now()), input);
    refuseCallsOfOthers(events, context);
    const { orgId } = context.principal;
    await context.partitions.ensure(events.map(({ occurredAt }) => occurredAt));
    return {
      results: await context.prisma.$transaction(async (tx) => {
        await lockPrices(tx, orgId, events.map(({ modelId }) => modelId), 'shared');
        const inserted = await insertPriced(tx, orgId, events);
        refuseUnpriced(events, inserted);
        const results = resultsOf(events, inserted, await storedBefore(tx, orgId, events, inserted));
        await countCalls(tx, orgId, newCalls(events, inserted));
        return results;
      }),
    };
  });
  return { ...payload, createdCount: payload.results?.filter(({ created }) => created).length ?? 0 };
}

/** A gateway's runtime tells of its own gateway's calls; whoever may write them, of everybody's. */
function refuseCallsOfOthers(events: readonly TokenEventData[], { principal }: AnalyticsContext): void {
  const faults = events.flatMap(({ gatewayId }, i): UserError[] => {
    if (actsFor(principal, gatewayId, 'analytics:write')) return [];
    return [{ code: 'FORBIDDEN', message: 'gatewayId: a runtime records the calls of its own gateway alone; name it', path: ['input', 'events', String(i), 'gatewayId'] }];
  });
  if (faults.length) throw new UserFaults(...faults);
}

function refuseUnpriced(events: readonly TokenEventData[], inserted: readonly Inserted[]): void {
  const faults = inserted.flatMap(({ priced }, i): UserError[] => {
    const event = events[i];
    if (priced || !event) return [];
    const message = `modelId: ${event.modelId} has no price at ${event.occurredAt.toISOString()}; record one first`;
    return [{ code: 'NOT_FOUND', message, path: ['input', 'events', String(i), 'modelId'] }];
  });
  if (faults.length) throw new UserFaults(...faults);
}

type Stored = Prisma.TokenEventGetPayload<object>;

/** The events that were there already, by their keys; looked up only when there are any. */
async function storedBefore(tx: Prisma.TransactionClient, orgId: string, events: readonly TokenEventData[], inserted: readonly Inserted[]): Promise<Map<string, Stored>> {
  const known = events.filter((_, i) => !inserted[i]?.created);
  if (known.length === 0) return new Map();
  const stored = await tx.tokenEvent.findMany({
    where: { orgId, idempotencyKey: { in: known.map((event) => event.idempotencyKey) }, occurredAt: { in: known.map((event) => event.occurredAt) } },
  });
  return new Map(stored.map((event) => [keyOf(event), event]));
}

function resultsOf(events: readonly TokenEventData[], inserted: readonly Inserted[], before: ReadonlyMap<string, Stored>) {
  const changed = events.flatMap((event, i): UserError[] => {
    const stored = before.get(keyOf(event));
    if (!stored || saysTheSame(event, stored)) return [];
    const message = 'idempotencyKey: was used before for another event; take a new key for a new call';
    return [{ code: 'CONFLICT', message, path: ['input', 'events', String(i), 'idempotencyKey'] }];
  });
  if (changed.length) throw new UserFaults(...changed);
  return events.map((event, i) => {
    const stored = before.get(keyOf(event));
    const { id = '', costCents = '', created = false } = inserted[i] ?? {};
    return { idempotencyKey: event.idempotencyKey, created, tokenEventId: stored?.id ?? id, costCents: stored?.costCents.toFixed() ?? costCents ?? '' };
  });
}

function keyOf({ idempotencyKey, occurredAt }: { idempotencyKey: string; occurredAt: Date }): string {
  return `${occurredAt.getTime()} ${idempotencyKey}`;
}

function saysTheSame({ occurredAt: _, ...event }: TokenEventData, stored: Stored): boolean {
  return Object.entries(event).every(([field, value]) => stored[field as keyof Stored] === value);
}

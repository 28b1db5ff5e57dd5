import type { EventData } from '@forge/events';
import type { Prisma } from '@forge/prisma-analytics';
import { lockPrices } from '../model-price/lock-prices.ts';
import { countCalls } from '../token-event/count-calls.ts';
import { insertPriced, newCalls } from '../token-event/insert-priced.ts';
import type { Partitions } from '../token-event/partitions.ts';
import type { TokenEventData } from '../token-event/token-event.rules.ts';

interface Ended {
  readonly orgId: string;
  readonly data: EventData<'workflow.attempt.ended'>;
}

/**
 * `workflow.attempt.ended`: the attempt's calls are priced, stored once each and counted, and the other domains are told of the new ones.
 * However old they are: by now money has been spent on them. Throws when a model has no price at the time of a call.
 */
export async function attemptEnded(tx: Prisma.TransactionClient, { orgId, data }: Ended, { partitions }: { readonly partitions: Partitions }): Promise<void> {
  const { calls: reported, ...attempt } = data;
  const calls = reported.map((call): TokenEventData => ({ ...attempt, ...call, occurredAt: new Date(call.occurredAt) }));
  // Before this transaction has touched the table: a partition is made on another connection, which waits for all who have.
  await partitions.ensure(calls.map(({ occurredAt }) => occurredAt));
  await lockPrices(tx, orgId, calls.map(({ modelId }) => modelId), 'shared');
  const inserted = await insertPriced(tx, orgId, calls);
  const unpriced = calls.find((_, i) => !inserted[i]?.priced);
  if (unpriced) throw new Error(`model ${unpriced.modelId} has no price at ${unpriced.occurredAt.toISOString()}; record one, and send the event again`);
  await countCalls(tx, orgId, newCalls(calls, inserted), attempt);
}

import { answer, checkInput, reload, updateMissed } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { UpdateWebhookSubscriptionInput } from '../generated/graphql.ts';
import { webhookSubscription } from './webhook-subscription.entity.ts';
import { updateWebhookSubscriptionRules } from './webhook-subscription.rules.ts';

export function updateWebhookSubscription(input: UpdateWebhookSubscriptionInput, context: GatewaysContext) {
  return answer(async () => {
    const { id, expectedVersion, ...data } = checkInput(updateWebhookSubscriptionRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.webhookSubscription.updateMany({ where, data });
    if (count === 0) throw await updateMissed(context, webhookSubscription, id);
    return { webhookSubscription: await reload(context, webhookSubscription, id) };
  });
}

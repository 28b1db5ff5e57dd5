import { answer, checkInput, fault, isStillReferredTo, updateMissed } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { DeleteWebhookSubscriptionInput } from '../generated/graphql.ts';
import { webhookSubscription } from './webhook-subscription.entity.ts';
import { deleteWebhookSubscriptionRules } from './webhook-subscription.rules.ts';

const inUse = fault('CONFLICT', 'id', 'id: the subscription has deliveries; revoke it instead');

export function deleteWebhookSubscription(input: DeleteWebhookSubscriptionInput, context: GatewaysContext) {
  return answer(async () => {
    const { id, expectedVersion } = checkInput(deleteWebhookSubscriptionRules, input);
    const where = { orgId: context.principal.orgId, id, ...(expectedVersion && { updatedAt: expectedVersion }) };
    const { count } = await context.prisma.webhookSubscription.deleteMany({ where }).catch((error: unknown) => {
      throw isStillReferredTo(error) ? inUse : error;
    });
    if (count === 0) throw await updateMissed(context, webhookSubscription, id);
    return { deletedId: id };
  });
}

import { answer, checkInput, newId, onceOnly, reload } from '@forge/subgraph-kit';
import type { GatewaysContext } from '../context.ts';
import type { CreateWebhookSubscriptionInput } from '../generated/graphql.ts';
import { keyringFor } from '../secrets/keyring.ts';
import { open, seal } from '../secrets/seal.ts';
import { newSigningSecret } from './signing-secret.ts';
import { webhookSubscription } from './webhook-subscription.entity.ts';
import { createWebhookSubscriptionRules } from './webhook-subscription.rules.ts';

export function createWebhookSubscription(input: CreateWebhookSubscriptionInput, context: GatewaysContext) {
  return answer(async () => {
    const { idempotencyKey: key, ...data } = checkInput(createWebhookSubscriptionRules, input);
    const keyring = keyringFor(context);
    const { orgId } = context.principal;
    const placeOf = (id: string) => ({ orgId, id, column: 'secret' });
    const call = { orgId, operation: 'createWebhookSubscription', key, input };
    const id = await context.prisma.$transaction((tx) =>
      onceOnly(tx, call, async () => {
        const newest = newId('WebhookSubscription');
        const secret = seal(keyring, newSigningSecret(), placeOf(newest));
        return (await tx.webhookSubscription.create({ data: { ...data, id: newest, orgId, secret } })).id;
      }),
    );
    // From the row, so that a client that lost the first answer gets the same secret for its idempotencyKey.
    const stored = await context.prisma.webhookSubscription.findUnique({ where: { orgId_id: { orgId, id } }, select: { secret: true } });
    return { webhookSubscription: await reload(context, webhookSubscription, id), secret: stored && open(keyring, stored.secret, placeOf(id)) };
  });
}

import { gatewayResolvers } from './gateway/gateway.resolvers.ts';
import { gatewayHealthCheckResolvers } from './gateway-health-check/gateway-health-check.resolvers.ts';
import { gatewayModelAccessResolvers } from './gateway-model-access/gateway-model-access.resolvers.ts';
import { apiKeyResolvers } from './api-key/api-key.resolvers.ts';
import { credentialResolvers } from './credential/credential.resolvers.ts';
import { glooCredentialResolvers } from './gloo-credential/gloo-credential.resolvers.ts';
import { webhookSubscriptionResolvers } from './webhook-subscription/webhook-subscription.resolvers.ts';
import { webhookDeliveryResolvers } from './webhook-delivery/webhook-delivery.resolvers.ts';
import { externalResolvers } from './external.resolvers.ts';

export const resolvers = [
  gatewayResolvers,
  gatewayHealthCheckResolvers,
  gatewayModelAccessResolvers,
  apiKeyResolvers,
  credentialResolvers,
  glooCredentialResolvers,
  webhookSubscriptionResolvers,
  webhookDeliveryResolvers,
  externalResolvers,
];

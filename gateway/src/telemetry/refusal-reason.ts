import type { Refusal } from '../errors/refusal.ts';
import type { GatewayMetrics } from './gateway-metrics.ts';

/** What requests are turned away for. */
export type RefusalReason = 'access' | 'auth' | 'cost' | 'document' | 'invalid' | 'limit' | 'overload' | 'rate';

const reasons: Readonly<Record<string, RefusalReason>> = {
  AUTHENTICATION_UNAVAILABLE: 'auth',
  BAD_REQUEST: 'invalid',
  BAD_USER_INPUT: 'invalid',
  COST_LIMIT_EXCEEDED: 'cost',
  DOCUMENT_NOT_TRUSTED: 'document',
  FORBIDDEN: 'access',
  GRAPHQL_PARSE_FAILED: 'invalid',
  GRAPHQL_VALIDATION_FAILED: 'invalid',
  METHOD_NOT_ALLOWED: 'invalid',
  NOT_ACCEPTABLE: 'invalid',
  OPERATION_NOT_PLANNED: 'limit',
  OPERATION_RESOLUTION_FAILURE: 'invalid',
  OPERATION_TOO_LARGE: 'limit',
  OVERLOADED: 'overload',
  PAYLOAD_TOO_LARGE: 'limit',
  RATE_LIMITED: 'rate',
  UNAUTHENTICATED: 'auth',
  UNSUPPORTED_MEDIA_TYPE: 'invalid',
};

/** What an error code says something was refused for; undefined when it says nothing of the kind, as for a document that is not registered yet. */
export function refusalReason(code: string): RefusalReason | undefined {
  return Object.hasOwn(reasons, code) ? reasons[code] : undefined;
}

/** Takes down a request that was turned away before it was looked at. */
export function countRefusal(metrics: Pick<GatewayMetrics, 'refused'>, { errors }: Refusal): void {
  metrics.refused(refusalReason(String(errors[0]?.extensions?.['code'])) ?? 'invalid');
}

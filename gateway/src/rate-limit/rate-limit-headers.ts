import type { RateState } from './rate-limiter.ts';

/**
 * What clients read of their rate: `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers-10, whose values are
 * structured fields (RFC 9651), and `Retry-After` (RFC 9110, section 10.2.3) for whom is refused. The policy is called `cost`,
 * since its units are points and the draft has no name for those.
 */
export function rateLimitHeaders({ allowed, limit, remaining, resetSeconds, windowSeconds }: Omit<RateState, 'window' | 'insured'>): Record<string, string> {
  return {
    'ratelimit-policy': `"cost";q=${limit};w=${windowSeconds}`,
    'ratelimit': `"cost";r=${remaining};t=${resetSeconds}`,
    ...(!allowed && { 'retry-after': String(resetSeconds) }),
  };
}

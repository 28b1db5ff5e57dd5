import { rateLimitHeaders } from './rate-limit-headers.ts';

test.each([
  [{ allowed: true, limit: 100_000, remaining: 98_500, resetSeconds: 42, windowSeconds: 60 }, { 'ratelimit-policy': '"cost";q=100000;w=60', 'ratelimit': '"cost";r=98500;t=42' }],
  [{ allowed: false, limit: 100, remaining: 3, resetSeconds: 1, windowSeconds: 60 }, { 'ratelimit-policy': '"cost";q=100;w=60', 'ratelimit': '"cost";r=3;t=1', 'retry-after': '1' }],
])('of %j', (state, headers) => {
  expect(rateLimitHeaders(state)).toEqual(headers);
});

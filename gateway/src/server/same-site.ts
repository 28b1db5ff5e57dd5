import type { IncomingHttpHeaders } from 'node:http';
import { refuse } from '../errors/refusal.ts';

/**
 * Turns away what a page of another site could make a browser send without being asked (CSRF): a GET that the browser says comes
 * from elsewhere (Fetch Metadata, `Sec-Fetch-Site`), unless it was asked leave first, which any header of one's own brings about.
 * A POST needs no such look: its JSON cannot be sent from elsewhere without a preflight.
 */
export function assertSameSite(headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site'];
  const elsewhere = site !== undefined && site !== 'same-origin' && site !== 'same-site' && site !== 'none';
  const preflighted = headers['content-type'] === 'application/json' || headers['graphql-require-preflight'] !== undefined || headers['apollo-require-preflight'] !== undefined;
  if (elsewhere && !preflighted) throw refuse('BAD_REQUEST', 'This GET comes from another site (CSRF). Send the header graphql-require-preflight, or POST JSON.', { status: 403 });
}

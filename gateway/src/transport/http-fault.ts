import { errors } from 'undici';
import { SubgraphFault } from './subgraph-fault.ts';

/** What undici reports, as a fault. `sent` says whether the request had been given to a connection. */
export function httpFault(error: Error, sent: boolean): SubgraphFault {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) return new SubgraphFault('timeout', 'fell silent', { cause: error });
  // The fault of what was asked: others get their answers.
  if (error instanceof errors.ResponseExceededMaxSizeError) return new SubgraphFault('protocol', 'answered at greater length than is read', { outage: false, cause: error });
  if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError) return new SubgraphFault('protocol', 'answered with what is no HTTP', { cause: error });
  // Refused, reset, closed early, or not made in time.
  return new SubgraphFault('connection', 'the connection failed', { retryable: true, sent, cause: error });
}

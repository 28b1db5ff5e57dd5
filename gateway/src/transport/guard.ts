import { AsyncLocalStorage } from 'node:async_hooks';
import { bulkhead, ExponentialBackoff, fullJitterGenerator, handleWhen, isBrokenCircuitError, isBulkheadRejectedError, retry } from 'cockatiel';
import type { Logger } from 'pino';
import { createBreaker } from './breaker.ts';
import type { FetchLimits } from './fetch-limits.ts';
import type { FetchObserver, FetchOutcome } from './fetch-observer.ts';
import { createRetryBudget } from './retry-budget.ts';
import { isTimeout, SubgraphFault, unaskedFault } from './subgraph-fault.ts';
import { limitTime } from './time-limit.ts';
import type { Execute, SubgraphContext, SubgraphRequest } from './transport.ts';
import { unlessAborted } from './unless-aborted.ts';

export interface GuardOptions {
  limits: FetchLimits;
  observer: FetchObserver;
  logger: Logger;
}

/**
 * The way to one subgraph with everything that keeps its failures small. From the outside in:
 *
 * - time: waiting for a slot, all attempts and the pauses between them count;
 * - breaker: counts what callers get, after retries, and not each attempt. It refuses before the queue, so an open one costs nobody a wait;
 * - bulkhead: a fetch has one slot for all its attempts, so that retries never make it more at once;
 * - retry: of queries, after faults that pass, within the budget;
 * - the transport.
 */
export function guard(subgraph: string, execute: Execute, { limits, observer, logger }: GuardOptions): Execute {
  const breaker = createBreaker(limits, (state) => {
    logger[state === 'open' ? 'warn' : 'info']({ subgraph, breaker: state }, 'the breaker of a subgraph has changed');
    observer.breakerChanged({ subgraph, state });
  });
  const slots = bulkhead(limits.concurrent, limits.queued);
  const budget = createRetryBudget(limits.retryRatio, limits.retrySavings);
  const again = retry(handleWhen((error) => error instanceof SubgraphFault && error.retryable && budget.allows()), {
    maxAttempts: limits.retries,
    backoff: new ExponentialBackoff({ generator: fullJitterGenerator, initialDelay: limits.retryPauseMilliseconds }),
  });
  again.onRetry(() => budget.spend());
  observer.opened({
    subgraph,
    inFlight: () => limits.concurrent - slots.executionSlots,
    queued: () => limits.queued - slots.queueSlots,
    breaker: () => breaker.state(),
  });

  return async (request, context) => {
    const began = performance.now();
    const time = limitTime(request.kind, context, limits.timeoutMilliseconds);
    let attempts = 0;
    const ended = (outcome: FetchOutcome) => {
      time.end();
      observer.fetched({ subgraph, kind: request.kind, outcome, seconds: (performance.now() - began) / 1_000, attempts });
    };

    const attempt = async () => {
      // The pause before a retry does not end with the time.
      time.signal.throwIfAborted();
      attempts += 1;
      return execute(request, { ...context, signal: time.signal, deadline: time.deadline });
    };
    const attemptsOf = request.kind === 'query' ? () => again.execute(attempt, time.signal) : attempt;
    try {
      time.signal.throwIfAborted();
      const response = await breaker.run(() => {
        budget.earn();
        return unlessAborted(slots.execute(slots.executionSlots > 0 ? attemptsOf : AsyncLocalStorage.bind(attemptsOf), time.signal), time.signal);
      });
      ended(response.errors?.length ? 'errors' : 'ok');
      return response;
    } catch (error) {
      const outcome = outcomeOf(error, context);
      ended(outcome);
      log(outcome, error, request, context);
      throw outcome === 'timeout' && attempts === 0 ? unaskedFault(error) : error;
    }
  };

  function log(outcome: FetchOutcome, err: unknown, { kind }: SubgraphRequest, { requestId }: SubgraphContext): void {
    // Nobody asks any longer; or the breaker has told, and a full queue is for the one who counts.
    if (outcome === 'aborted' || outcome === 'rejected') return;
    logger.error({ err, subgraph, kind, requestId }, 'a subgraph gave no answer');
  }
}

function outcomeOf(error: unknown, { signal }: SubgraphContext): FetchOutcome {
  if (isBrokenCircuitError(error) || isBulkheadRejectedError(error)) return 'rejected';
  if (isTimeout(error)) return 'timeout';
  return signal?.aborted && error === signal.reason ? 'aborted' : 'unavailable';
}

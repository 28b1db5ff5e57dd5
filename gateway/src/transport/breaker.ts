import { BrokenCircuitError, circuitBreaker, CircuitState, CountBreaker, ExponentialBackoff, handleWhen, noJitterGenerator } from 'cockatiel';
import type { FetchLimits } from './fetch-limits.ts';
import type { BreakerState } from './fetch-observer.ts';
import { SubgraphFault } from './subgraph-fault.ts';

export interface Breaker {
  /** Runs `fetch`; rejects with a BrokenCircuitError at once when it is open. */
  run<T>(fetch: () => Promise<T>): Promise<T>;
  state(): BreakerState;
}

/** Stops asking a subgraph that is down, and lets a fetch try now and then whether it still is. */
export function createBreaker(limits: FetchLimits, changed: (state: BreakerState) => void): Breaker {
  const failed = handleWhen((error) => (error instanceof SubgraphFault ? error.outage : isTrying()));
  const policy = circuitBreaker(failed, {
    breaker: new CountBreaker({ threshold: 0.5, size: limits.breakerWindow, minimumNumberOfCalls: limits.breakerMinimum }),
    halfOpenAfter: new ExponentialBackoff({ generator: noJitterGenerator, initialDelay: limits.breakerMilliseconds, maxDelay: limits.breakerMaxMilliseconds }),
  });
  policy.onStateChange((state) => changed(nameOf(state)));

  return {
    async run(fetch) {
      // The library would have everybody wait for the one that tries, which may take until its time is up.
      if (isTrying()) throw new BrokenCircuitError();
      return policy.execute(fetch);
    },
    state: () => nameOf(policy.state),
  };

  // A try that came to no end, because its client left or all slots were taken, proves nothing: the breaker stays open.
  function isTrying(): boolean {
    return policy.state === CircuitState.HalfOpen;
  }
}

function nameOf(state: CircuitState): BreakerState {
  switch (state) {
    case CircuitState.Closed: return 'closed';
    case CircuitState.HalfOpen: return 'half-open';
    case CircuitState.Open:
    case CircuitState.Isolated: return 'open';
  }
}

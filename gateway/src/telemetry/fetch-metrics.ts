import type { Registry } from '@forge/telemetry';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { BreakerState, FetchGauges, FetchObserver } from '../transport/fetch-observer.ts';
import { buckets } from './buckets.ts';

const breakerStates: Readonly<Record<BreakerState, number>> = { 'closed': 0, 'half-open': 1, 'open': 2 };

const gauges = {
  forge_gateway_fetches_in_flight: ['Fetches that a subgraph is at.', (of: FetchGauges) => of.inFlight()],
  forge_gateway_fetches_queued: ['Fetches that wait until a subgraph has ended others.', (of: FetchGauges) => of.queued()],
  forge_gateway_breaker_state: ['Whether a subgraph is asked: 0 it is, 1 one fetch tries, 2 it is not.', (of: FetchGauges) => breakerStates[of.breaker()]],
} as const;

/** What happens between the gateway and its subgraphs. */
export function fetchMetrics(registry: Registry): FetchObserver {
  const registers = [registry];
  const opened = new Map<string, FetchGauges>();
  for (const [name, [help, read]] of Object.entries(gauges)) {
    new Gauge({
      name, help, labelNames: ['subgraph'], registers,
      collect() {
        for (const [subgraph, of] of opened) this.set({ subgraph }, read(of));
      },
    });
  }
  const seconds = new Histogram({ name: 'forge_gateway_fetch_seconds', help: 'How long fetches from subgraphs took, waiting and retries included.', labelNames: ['subgraph', 'outcome'], registers, buckets });
  const retries = new Counter({ name: 'forge_gateway_fetch_retries_total', help: 'How often a subgraph was asked once more.', labelNames: ['subgraph'], registers });
  const changes = new Counter({ name: 'forge_gateway_breaker_changes_total', help: 'How often a breaker came into a state.', labelNames: ['subgraph', 'state'], registers });

  return {
    fetched({ subgraph, outcome, seconds: took, attempts }) {
      seconds.observe({ subgraph, outcome }, took);
      if (attempts > 1) retries.inc({ subgraph }, attempts - 1);
    },
    breakerChanged: ({ subgraph, state }) => changes.inc({ subgraph, state }),
    opened: (of) => void opened.set(of.subgraph, of),
  };
}

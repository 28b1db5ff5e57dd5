import type { Registry } from '@forge/telemetry';
import { Counter, Gauge, Histogram } from 'prom-client';
import { buckets } from './buckets.ts';
import type { GatewayMetrics, PlanGauges } from './gateway-metrics.ts';

const results = { hits: 'hit', misses: 'miss', joined: 'joined' } as const;

/** Supergraphs and the plans of the one in use. */
export function planMetrics(registry: Registry): Pick<GatewayMetrics, 'planned' | 'released'> {
  const registers = [registry];
  let current: PlanGauges | undefined;
  const before = { hits: 0, misses: 0, joined: 0 };

  new Counter({
    name: 'forge_gateway_plans_total', help: 'Plans asked for: there already, made, or waited for because somebody else had asked.', labelNames: ['result'], registers,
    collect() {
      // Each supergraph counts from zero; a counter must not fall.
      this.reset();
      for (const key of ['hits', 'misses', 'joined'] as const) this.inc({ result: results[key] }, before[key] + (current?.counts[key] ?? 0));
    },
  });
  new Gauge({
    name: 'forge_gateway_plan_cache_size', help: 'Plans that are kept.', registers,
    collect() {
      this.set(current?.size ?? 0);
    },
  });
  const seconds = new Histogram({ name: 'forge_gateway_plan_seconds', help: 'How long the planner took for an operation.', registers, buckets });
  const swaps = new Counter({ name: 'forge_gateway_supergraph_swaps_total', help: 'How often another supergraph was put to use.', registers });
  const inUse = new Gauge({ name: 'forge_gateway_supergraph_info', help: 'The supergraph in use.', labelNames: ['id'], registers });

  return {
    planned: (took) => seconds.observe(took),
    released({ id, plans }) {
      if (current) {
        for (const key of ['hits', 'misses', 'joined'] as const) before[key] += current.counts[key];
        swaps.inc();
      }
      current = plans;
      inUse.reset();
      inUse.set({ id }, 1);
    },
  };
}

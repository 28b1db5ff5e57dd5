import type { Registry } from '@forge/telemetry';
import { Counter, Gauge, Histogram } from 'prom-client';
import { buckets } from './buckets.ts';
import { documentLabels } from './document-labels.ts';
import { fetchMetrics } from './fetch-metrics.ts';
import type { GatewayMetrics } from './gateway-metrics.ts';
import { planMetrics } from './plan-metrics.ts';
import { refusalReason } from './refusal-reason.ts';

/** Metrics for Prometheus. To be made once for a registry. No label takes a value that a client can make up. */
export function createGatewayMetrics(registry: Registry): GatewayMetrics {
  const registers = [registry];
  const operations = new Counter({ name: 'forge_gateway_operations_total', help: 'Operations that have ended.', labelNames: ['type', 'outcome'], registers });
  const seconds = new Histogram({
    name: 'forge_gateway_operation_seconds', help: 'How long operations took; `document` names those of trusted documents.', labelNames: ['type', 'outcome', 'document'], registers, buckets,
  });
  const inFlight = new Gauge({ name: 'forge_gateway_operations_in_flight', help: 'Operations under way.', registers });
  const refused = new Counter({ name: 'forge_gateway_refused_total', help: 'Requests turned away, and operations of which fields were.', labelNames: ['reason'], registers });
  const labelOf = documentLabels();

  return {
    ...fetchMetrics(registry),
    ...planMetrics(registry),
    operationBegan: () => inFlight.inc(),
    operationEnded({ type, outcome, seconds: took, name, trusted, codes }) {
      inFlight.dec();
      operations.inc({ type, outcome });
      seconds.observe({ type, outcome, document: trusted ? labelOf(name) : '' }, took);
      for (const reason of new Set([...codes].map(refusalReason))) if (reason) refused.inc({ reason });
    },
    refused: (reason) => refused.inc({ reason }),
  };
}

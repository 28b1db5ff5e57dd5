import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { setTracer } from './traced.ts';

export interface TracingOptions {
  /** How this program is called in traces. */
  readonly serviceName: string;
  /** Where an OpenTelemetry collector takes OTLP over HTTP, such as `http://localhost:4318`; nothing is traced without. */
  readonly endpoint?: string | undefined;
  /** The share of traces that are kept, from 0 to 1, where no caller has decided. Default 1. */
  readonly sampleRatio?: number | undefined;
  /** Such as `production`. */
  readonly environment?: string | undefined;
  readonly logger: Logger;
}

/** What is under way. */
export interface Tracing {
  /** Sends what is left, within three seconds, and makes no spans any more. */
  stop(): Promise<void>;
}

const exportMilliseconds = 3_000;

/**
 * Makes spans from now on and sends them to the collector. At most 2,048 wait to be sent, further ones are dropped: a collector
 * that is slow or away costs spans, never requests. OTEL_EXPORTER_OTLP_HEADERS and the like hold as OpenTelemetry describes them.
 */
export async function startTracing({ serviceName, endpoint, sampleRatio = 1, environment, logger }: TracingOptions): Promise<Tracing> {
  if (endpoint === undefined) return { stop: async () => undefined };
  // Loaded here, so that who does not trace does not load it.
  const sdk = await import('./sdk.ts');
  const exporter = sdk.quietExporter(new sdk.OTLPTraceExporter({ url: tracesUrl(endpoint), timeoutMillis: exportMilliseconds }), logger);
  const provider = new sdk.TracerProvider({
    resource: sdk.defaultResource().merge(sdk.resourceFromAttributes({ 'service.name': serviceName, ...(environment && { 'deployment.environment.name': environment }) })),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(sampleRatio) }),
    spanLimits: { attributeValueLengthLimit: 4_096 },
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter, maxQueueSize: 2_048, maxExportBatchSize: 512, scheduledDelayMillis: 2_000, exportTimeoutMillis: exportMilliseconds })],
  });
  sdk.context.setGlobalContextManager(new sdk.AsyncLocalStorageContextManager().enable());
  sdk.propagation.setGlobalPropagator(new sdk.W3CTraceContextPropagator());
  setTracer(provider.getTracer('forge'));

  return {
    async stop() {
      setTracer(undefined);
      sdk.context.disable();
      sdk.propagation.disable();
      // What could not be sent has been told of by the exporter; then its shutdown was left out, which waits for what is still being tried.
      const sent = provider.shutdown().catch(() => exporter.shutdown());
      await Promise.race([sent, setTimeout(exportMilliseconds, undefined, { ref: false })]);
    },
  };
}

/** OpenTelemetry Protocol Exporter, "Endpoint URLs for OTLP/HTTP": the path is added to whatever path the base has. */
function tracesUrl(endpoint: string): string {
  return new URL('v1/traces', endpoint.endsWith('/') ? endpoint : `${endpoint}/`).href;
}

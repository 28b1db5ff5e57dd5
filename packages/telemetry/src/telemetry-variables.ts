import { z } from 'zod';
import { logLevels } from './logging/create-logger.ts';
import type { TelemetryOptions } from './start-telemetry.ts';

/** What the environment says about logs, metrics and traces. */
export const telemetryVariables = z.object({
  FORGE_LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).optional(),
  FORGE_METRICS_HOST: z.string().optional(),
  FORGE_METRICS_PORT: z.coerce.number('must be a number from 0 to 65535').int('must be a whole number').min(0).max(65_535).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an http or https URL, such as http://localhost:4318' }).optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number('must be a number from 0 to 1').min(0).max(1).optional(),
});

/** The same as options of startTelemetry. */
export function readTelemetry(values: z.output<typeof telemetryVariables>): TelemetryOptions {
  const { FORGE_METRICS_PORT: port, FORGE_METRICS_HOST: host, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = values;
  return {
    ...(values.FORGE_LOG_LEVEL !== undefined && { logLevel: values.FORGE_LOG_LEVEL }),
    ...(port !== undefined && { metrics: { port, ...(host !== undefined && { host }) } }),
    ...(endpoint !== undefined && { traces: { endpoint, sampleRatio: values.OTEL_TRACES_SAMPLER_ARG ?? 1 } }),
  };
}

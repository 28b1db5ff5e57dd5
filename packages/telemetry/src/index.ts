export { createLogger, logLevels, type LoggerOptions, type LogLevel } from './logging/create-logger.ts';
export { startMetricsServer, type MetricsServer, type MetricsServerOptions } from './metrics/metrics-server.ts';
export { createRegistry, type Registry } from './metrics/registry.ts';
export { subgraphMetrics, type PoolCounts, type SubgraphMetrics } from './metrics/subgraph-metrics.ts';
export { currentRequest, withinRequest, type RequestScope } from './request-scope.ts';
export { startTelemetry, type Program, type Telemetry, type TelemetryOptions } from './start-telemetry.ts';
export { readTelemetry, telemetryVariables } from './telemetry-variables.ts';
export { startTracing, type Tracing, type TracingOptions } from './tracing/start-tracing.ts';
export { annotate, continueTrace, isTraced, isTracing, markFailed, renameSpan, traced, traceHeaders, type Attributes, type SpanOptions, type TraceHeaders } from './tracing/traced.ts';

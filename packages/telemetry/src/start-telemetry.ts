import type { Logger } from 'pino';
import { createLogger, type LogLevel } from './logging/create-logger.ts';
import { startMetricsServer } from './metrics/metrics-server.ts';
import { createRegistry, type Registry } from './metrics/registry.ts';
import { startTracing } from './tracing/start-tracing.ts';

export interface TelemetryOptions {
  readonly logLevel?: LogLevel;
  /** Where metrics are served; without it none are kept. */
  readonly metrics?: { readonly port: number; readonly host?: string };
  /** Where traces go; without it none are made. */
  readonly traces?: { readonly endpoint: string; readonly sampleRatio: number };
}

export interface Program {
  /** Such as `forge-gateway`. */
  readonly name: string;
  /** NODE_ENV. */
  readonly environment?: string | undefined;
}

/** How a process is seen from outside. */
export interface Telemetry {
  readonly logger: Logger;
  /** Where metrics are kept, if anybody can read them. */
  readonly registry: Registry | undefined;
  /** Sends the last traces, and serves no metrics any more. */
  stop(): Promise<void>;
}

/** Logs, metrics and traces of a process; to be started before what they are to see. Throws an OperatorError when the metrics' port cannot be had. */
export async function startTelemetry({ logLevel, metrics, traces }: TelemetryOptions, { name, environment }: Program): Promise<Telemetry> {
  const logger = createLogger({ name, level: logLevel });
  const registry = metrics && createRegistry();
  const server = registry && (await startMetricsServer({ ...metrics, registry, logger }));
  const tracing = await startTracing({ serviceName: name, environment, logger, ...traces });
  return {
    logger,
    registry,
    async stop() {
      await Promise.all([tracing.stop(), server?.close()]);
    },
  };
}

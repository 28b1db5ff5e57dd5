import { ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';

/** An exporter that says once that its collector is away, and once that it is back, with what was lost in between. */
export function quietExporter(exporter: SpanExporter, logger: Logger): SpanExporter {
  let lost = 0;
  return {
    export(spans, report) {
      exporter.export(spans, (result) => {
        if (result.code !== ExportResultCode.SUCCESS) {
          if (lost === 0) logger.warn({ err: result.error }, 'the trace collector takes no spans; they are dropped until it does');
          lost += spans.length;
        } else if (lost > 0) {
          logger.info({ lost }, 'the trace collector takes spans again');
          lost = 0;
        }
        report(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

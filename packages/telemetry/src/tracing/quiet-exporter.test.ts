import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { pino } from 'pino';
import { quietExporter } from './quiet-exporter.ts';

test('one line when the collector goes, one when it is back with how much was lost', () => {
  const logged: object[] = [];
  const logger = pino({ base: null, timestamp: false }, { write: (line: string) => void logged.push(JSON.parse(line) as object) });
  let code = 0;
  const collector: SpanExporter = { export: (_, report) => report({ code }), shutdown: async () => undefined };
  const exporter = quietExporter(collector, logger);
  const reported: number[] = [];
  for (code of [0, 1, 1, 1, 0, 0, 1]) exporter.export([{}, {}] as ReadableSpan[], (result) => reported.push(result.code));
  expect(logged).toMatchObject([{ level: 40 }, { level: 30, lost: 6, msg: 'the trace collector takes spans again' }, { level: 40 }]);
  expect(reported).toEqual([0, 1, 1, 1, 0, 0, 1]);
});

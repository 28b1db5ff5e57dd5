import { readConfig, type Environment } from '@forge/config';
import { readTelemetry, telemetryVariables } from './telemetry-variables.ts';

const read = (env: Environment) => readTelemetry(readConfig(telemetryVariables, env));

test.each<[Environment, object]>([
  [{}, {}],
  [{ FORGE_LOG_LEVEL: 'debug' }, { logLevel: 'debug' }],
  [{ FORGE_METRICS_PORT: '9464' }, { metrics: { port: 9464 } }],
  [{ FORGE_METRICS_PORT: '9464', FORGE_METRICS_HOST: '0.0.0.0' }, { metrics: { port: 9464, host: '0.0.0.0' } }],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }, { traces: { endpoint: 'http://collector:4318', sampleRatio: 1 } }],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector', OTEL_TRACES_SAMPLER_ARG: '0.05' }, { traces: { endpoint: 'https://collector', sampleRatio: 0.05 } }],
])('%j: %j', (env, options) => {
  expect(read(env)).toEqual(options);
});

test('every fault is told at once', () => {
  expect(() => read({ FORGE_LOG_LEVEL: 'loud', FORGE_METRICS_PORT: '70000', OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318', OTEL_TRACES_SAMPLER_ARG: '2' })).toThrow(
    /4 faults[\s\S]*FORGE_LOG_LEVEL: must be one of trace, debug[\s\S]*FORGE_METRICS_PORT[\s\S]*OTEL_EXPORTER_OTLP_ENDPOINT: must be an http or https URL[\s\S]*OTEL_TRACES_SAMPLER_ARG/,
  );
});

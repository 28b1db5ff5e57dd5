import { pino, type DestinationStream, type Logger } from 'pino';
import { currentRequest } from '../request-scope.ts';
import { activeTrace } from '../tracing/traced.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

export interface LoggerOptions {
  /** Default `info`. */
  readonly level?: LogLevel | undefined;
  /** Which program speaks. */
  readonly name: string;
}

const neverLogged = [
  'authorization', '["proxy-authorization"]', 'cookie', '["set-cookie"]', '["x-api-key"]', 'apiKey', 'credential', 'credentials', 'password', 'privateKey', 'secret', 'secrets', 'token', 'variables',
];

/** Where such a field is looked for: at the top of a line, and up to two objects further in (`err.request.headers` is cut off by pino). */
const redacted = neverLogged.flatMap((field) => ['', '*', '*.*'].map((within) => `${within}${within && !field.startsWith('[') ? '.' : ''}${field}`));

/**
 * A logger of JSON lines, to standard output unless `destination` is given. A line that is written within a request carries its id,
 * and those of the trace under way; credentials and variables are blotted out wherever somebody logs them by accident.
 */
export function createLogger({ level = 'info', name }: LoggerOptions, destination?: DestinationStream): Logger {
  const options = { level, name, redact: redacted, mixin: whereabouts };
  return destination ? pino(options, destination) : pino(options);
}

function whereabouts(): object {
  const requestId = currentRequest()?.requestId;
  return { ...(requestId !== undefined && { requestId }), ...activeTrace() };
}

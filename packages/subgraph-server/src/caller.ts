import type { FastifyReply, FastifyRequest } from 'fastify';

/** Who waits for an answer. */
export interface Caller {
  /** Aborts when they have left, or, with a TimeoutError, when their time is up. */
  readonly signal: AbortSignal;
  /** When that is, in milliseconds since the epoch; undefined when they have not said. */
  readonly deadline: number | undefined;
}

const milliseconds = /^\d{1,9}$/;

/**
 * Follows whether the caller of a request still waits: until the connection closes, or until the time is up that
 * `x-forge-deadline-ms` leaves. Undefined when that header is no whole number of milliseconds.
 */
export function followCaller({ headers }: FastifyRequest, { raw }: FastifyReply): Caller | undefined {
  const left = headers['x-forge-deadline-ms'];
  if (left !== undefined && !milliseconds.test(String(left))) return undefined;

  const waiting = new AbortController();
  const timer = left === undefined ? undefined : setTimeout(() => waiting.abort(new DOMException('the time is up that the caller gave', 'TimeoutError')), Number(left));
  const closed = () => {
    clearTimeout(timer);
    if (!raw.writableFinished) waiting.abort(new DOMException('the caller has left', 'AbortError'));
  };
  if (raw.destroyed) closed();
  else raw.once('close', closed);
  return { signal: waiting.signal, deadline: left === undefined ? undefined : Date.now() + Number(left) };
}

import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { watchConnectionWait } from './connection-wait.ts';
import { overloaded } from './overloaded.ts';

export interface LoadLimits {
  /** How late this process may be with what it has to do, and how long clients may wait to be heard, before it turns requests away. */
  readonly maxDelayMilliseconds: number;
  /** Requests that are answered at the same time; one more is turned away. */
  readonly maxInFlight: number;
}

const shortestSample = 250;

/**
 * Turns requests to the routes of `http` away, before their bodies are read, as long as there is more to do than can be done: some get a
 * quick 503 with Retry-After, so that not all become slow.
 */
export async function shedLoad(http: FastifyInstance, { maxDelayMilliseconds, maxInFlight }: LoadLimits): Promise<void> {
  await http.register(underPressure, {
    // An interval in which it could not measure counts as endless.
    maxEventLoopDelay: maxDelayMilliseconds, sampleInterval: Math.max(shortestSample, maxDelayMilliseconds),
    pressureHandler: () => { throw overloaded(); },
  });
  const connectionWait = watchConnectionWait(http);
  let inFlight = 0;
  http.addHook('onRequest', async (_, reply) => {
    if (inFlight >= maxInFlight || connectionWait() > maxDelayMilliseconds) throw overloaded();
    inFlight += 1;
    reply.raw.once('close', () => { inFlight -= 1; });
  });
}

import type { FastifyReply } from 'fastify';

/** Aborted when the connection closes before the answer is out. */
export function whenClientLeaves({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) left.abort();
  });
  return left.signal;
}

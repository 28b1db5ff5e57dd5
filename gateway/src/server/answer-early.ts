import { finished } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';

// A connection that is closed while something is on its way to it is reset, and the answer with it is lost.
export const lingerMilliseconds = 500;

/**
 * Answers a request whose body has not come in whole and will not be read. The connection is closed when the rest of it has come
 * and been thrown away, or after a while: whoever sends first and reads then would not read why.
 */
export function answerEarly({ raw: request }: FastifyRequest, reply: FastifyReply, status: number, answer: object): FastifyReply {
  const body = JSON.stringify(answer);
  const response = reply.hijack().raw;
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) response.setHeader(name, value);
  response.writeHead(status, { 'connection': 'close', 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) });
  response.write(body);
  const close = () => {
    clearTimeout(linger);
    response.end();
  };
  const linger = setTimeout(close, lingerMilliseconds);
  finished(request.resume(), close);
  return reply;
}

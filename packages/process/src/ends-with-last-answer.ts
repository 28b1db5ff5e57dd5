import type { FastifyInstance } from 'fastify';

/** Makes a server's closing end when the last answer is out: a connection kept alive after it would hold the closing up. */
export function endsWithLastAnswer(http: FastifyInstance): void {
  let closing = false;
  http.addHook('preClose', async () => { closing = true; });
  http.addHook('onSend', async (_, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}

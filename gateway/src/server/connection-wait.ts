import type { FastifyInstance } from 'fastify';
import { connect, type AddressInfo, type Socket } from 'node:net';

const everyMilliseconds = 200;

/**
 * Tells how long whoever connects now waits to be heard, in milliseconds. Node takes one new connection each time it has gone once through
 * all it has to do, so under load clients wait where nothing in this process sees them, while it is late with nothing and has few requests
 * under way. So it connects to itself now and then, and stands in the same queue.
 */
export function watchConnectionWait(http: FastifyInstance): () => number {
  let waited = 0;
  let standing: { readonly socket: Socket; readonly since: number } | undefined;
  let timer: NodeJS.Timeout | undefined;

  function stand(): void {
    if (standing) return;
    const { address, port } = http.server.address() as AddressInfo;
    const socket = connect(port, address.replace(/^0\.0\.0\.0$/, '127.0.0.1').replace(/^::$/, '::1'));
    standing = { socket, since: performance.now() };
    // Not to be had, or closed from the other side, as it is below.
    socket.on('error', () => undefined).on('close', () => { standing = undefined; });
  }

  http.server.on('connection', (socket) => {
    if (!standing || socket.remotePort !== standing.socket.localPort) return;
    waited = performance.now() - standing.since;
    // Without the minute that either end would otherwise remember it for.
    socket.resetAndDestroy();
  });
  http.addHook('onListen', async () => { timer = setInterval(stand, everyMilliseconds).unref(); });
  http.addHook('preClose', async () => {
    clearInterval(timer);
    standing?.socket.destroy();
  });
  return () => Math.max(waited, standing ? performance.now() - standing.since : 0);
}

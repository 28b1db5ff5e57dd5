import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Transform } from 'node:stream';

/** A way to a port of the loopback interface on which what comes back may take its time. */
export interface SlowRoad {
  readonly port: number;
  /** From now on every piece of an answer takes so much longer; 0 for no longer. */
  delay(milliseconds: number): void;
  close(): Promise<void>;
}

/** Opens a road to `port`. Who hangs up at one end is gone at the other. */
export async function openSlowRoad(port: number): Promise<SlowRoad> {
  const open = new Set<Socket>();
  let milliseconds = 0;

  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    const patience = new Transform({
      transform(chunk, _, done) {
        if (milliseconds === 0) done(null, chunk);
        else setTimeout(done, milliseconds, null, chunk);
      },
    });
    near.pipe(far);
    far.pipe(patience).pipe(near);
    for (const [one, other] of [[near, far], [far, near]] as const) {
      open.add(one);
      // What breaks closes, and that is told on.
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        // What has come back is still on its way to whoever asked.
        if (one === near || one.errored) other.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    delay: (longer) => { milliseconds = longer; },
    async close() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}

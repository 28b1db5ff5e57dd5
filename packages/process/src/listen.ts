import { OperatorError } from '@forge/config';
import type { FastifyInstance } from 'fastify';

export interface Address {
  host: string;
  /** 0 for any that is free. */
  port: number;
}

// Node's own 511 overflow when many clients connect at once; who is then not heard tries again after 1, 3 and 7 seconds. The kernel may take less.
const backlog = 4_096;

/** Listens, and says what to do when that address cannot be had. Returns where it is, such as `http://localhost:4000`. */
export async function listen(http: FastifyInstance, { host, port }: Address): Promise<string> {
  try {
    await http.listen({ host, port, backlog });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const another = 'Choose another with PORT=<other> or --port <other>.';
    if (code === 'EADDRINUSE') throw new OperatorError(`Port ${port} on ${host} is in use. ${another}`, { cause: error });
    if (code === 'EACCES') throw new OperatorError(`This user may not listen on port ${port}. ${another}`, { cause: error });
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw new OperatorError(`This machine has no address ${host}. Correct HOST.`, { cause: error });
    throw error;
  }
  const bound = http.server.address();
  const shown = host === '127.0.0.1' || host === '::1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${typeof bound === 'object' && bound ? bound.port : port}`;
}

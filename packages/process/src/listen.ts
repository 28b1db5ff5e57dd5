import { OperatorError } from '@forge/config';
import type { FastifyInstance } from 'fastify';

export interface Address {
  host: string;
  /** 0 for any that is free. */
  port: number;
}

/** Listens, and says what to do when that address cannot be had. Returns where it is, such as `http://localhost:4000`. */
export async function listen(http: FastifyInstance, { host, port }: Address): Promise<string> {
  try {
    await http.listen({ host, port });
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

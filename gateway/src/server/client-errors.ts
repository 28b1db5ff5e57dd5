import type { Socket } from 'node:net';
import type { GatewayMetrics } from '../telemetry/gateway-metrics.ts';
import type { RefusalReason } from '../telemetry/refusal-reason.ts';
import { lingerMilliseconds } from './answer-early.ts';

interface Fault {
  readonly status: string;
  readonly code: string;
  readonly message: string;
  readonly reason: RefusalReason;
}

const malformed: Fault = { status: '400 Bad Request', code: 'BAD_REQUEST', message: 'This is not HTTP/1.1.', reason: 'invalid' };

const faults: Readonly<Record<string, Fault>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', code: 'REQUEST_TIMEOUT', message: 'The request did not come in whole in the time there is for it.', reason: 'limit' },
  HPE_HEADER_OVERFLOW: { status: '431 Request Header Fields Too Large', code: 'HEADERS_TOO_LARGE', message: 'The headers are longer than they may be, all together.', reason: 'limit' },
};

/** Answers what never becomes a request, in the shape of GraphQL's errors, and closes its connection as soon as its client has, or soon. */
export function answerClientErrors(metrics: Pick<GatewayMetrics, 'refused'>): (error: NodeJS.ErrnoException, socket: Socket) => void {
  const told = new WeakSet<Socket>();
  return ({ code = '' }, socket) => {
    // More of the same, from somebody who has been told.
    if (told.has(socket)) return;
    if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    told.add(socket);
    const { status, message, reason, ...fault } = Object.hasOwn(faults, code) && faults[code] ? faults[code] : malformed;
    metrics.refused(reason);
    const body = JSON.stringify({ errors: [{ message, extensions: { code: fault.code } }] });
    socket.end(`HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
    const linger = setTimeout(() => socket.destroy(), lingerMilliseconds);
    socket.once('close', () => clearTimeout(linger));
  };
}

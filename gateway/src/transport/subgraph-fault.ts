/** What went wrong on the way to an answer: the connection, the status, what the answer consists of, or the time. */
export type FaultKind = 'connection' | 'status' | 'protocol' | 'timeout';

interface FaultDetails {
  status?: number;
  retryable?: boolean;
  outage?: boolean;
  sent?: boolean;
  cause?: unknown;
}

/** Why a subgraph gave no GraphQL answer: for the policies and the log, never for a client. */
export class SubgraphFault extends Error {
  override readonly name = 'SubgraphFault';
  readonly kind: FaultKind;
  readonly status: number | undefined;
  /** Whether the same request may well succeed a moment later. */
  readonly retryable: boolean;
  /** Whether it tells of the subgraph as a whole, not of this one request. */
  readonly outage: boolean;
  /** Whether the subgraph may have begun with it. */
  readonly sent: boolean;

  constructor(kind: FaultKind, message: string, { status, retryable = false, outage = true, sent = true, cause }: FaultDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.status = status;
    this.retryable = retryable;
    this.outage = outage;
    this.sent = sent;
  }
}

// 502, 503 and 504 are what a proxy or a server says that is just starting, stopping or full (RFC 9110, 15.6).
const passingStatuses = new Set([502, 503, 504]);

/** `text` is what the subgraph wrote with that status. A status below 500 is about the request: the subgraph itself is well. */
export function statusFault(status: number, text: string): SubgraphFault {
  const message = `answered with status ${status}${text ? `: ${text.slice(0, 200)}` : ''}`;
  return new SubgraphFault('status', message, { status, retryable: passingStatuses.has(status), outage: status >= 500 });
}

export function timeoutFault(milliseconds: number): SubgraphFault {
  return new SubgraphFault('timeout', `did not answer within ${milliseconds} ms`);
}

/** Time ran out before the subgraph was asked. */
export function unaskedFault(cause: unknown): SubgraphFault {
  return new SubgraphFault('timeout', 'was not asked in time', { outage: false, sent: false, cause });
}

/** Whether time has run out: the subgraph's own, or that of the operation as its signal tells. */
export function isTimeout(error: unknown): boolean {
  if (error instanceof SubgraphFault) return error.kind === 'timeout';
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError';
}

import { isTimeout, timeoutFault } from './subgraph-fault.ts';
import type { SubgraphContext, SubgraphRequest } from './transport.ts';

export interface TimeLimit {
  /** Aborts when nobody waits any longer. */
  readonly signal: AbortSignal;
  /** When the time is up, in milliseconds since the epoch. */
  readonly deadline: number;
  /** To be called when the fetch is over. */
  end(): void;
}

/**
 * The time of one fetch: `milliseconds`, or what is left to its operation when that is less. Only the former's end is the
 * subgraph's fault. A client that leaves ends a query; a mutation goes on to its end, which may be the end of its time.
 */
export function limitTime(kind: SubgraphRequest['kind'], { signal, deadline: operationEnds = Infinity }: SubgraphContext, milliseconds: number): TimeLimit {
  const late = Date.now() + milliseconds;
  const deadline = Math.min(late, operationEnds);
  const abort = new AbortController();
  const timeIsUp = () => abort.abort(late <= operationEnds ? timeoutFault(milliseconds) : operationTimeout());
  const left = deadline - Date.now();
  const timer = setTimeout(timeIsUp, Math.max(0, left));
  if (left <= 0) timeIsUp();

  const leave = () => {
    if (kind === 'query' || isTimeout(signal?.reason)) abort.abort(signal?.reason);
  };
  if (signal?.aborted) leave();
  else signal?.addEventListener('abort', leave);

  return {
    signal: abort.signal,
    deadline,
    end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    },
  };
}

function operationTimeout(): DOMException {
  return new DOMException('The time of the operation is up.', 'TimeoutError');
}

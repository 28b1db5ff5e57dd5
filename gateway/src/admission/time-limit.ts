/** Until when an operation may go on. */
export interface TimeLimit {
  /** Aborted when the client leaves, or with a TimeoutError when time is up. */
  readonly signal: AbortSignal;
  /** When time is up, in milliseconds since 1970. */
  readonly deadline: number;
  /** Lets go of the timer. */
  end(): void;
}

/** One signal of the two reasons to stop; cheaper than AbortSignal.any and AbortSignal.timeout, which every request would pay for. */
export function startTimeLimit(left: AbortSignal, milliseconds: number): TimeLimit {
  const stop = new AbortController();
  const leave = () => stop.abort(left.reason);
  if (left.aborted) leave();
  else left.addEventListener('abort', leave, { once: true });
  const timer = setTimeout(() => stop.abort(new DOMException('The operation took too long.', 'TimeoutError')), milliseconds);
  return {
    signal: stop.signal,
    deadline: Date.now() + milliseconds,
    end() {
      clearTimeout(timer);
      left.removeEventListener('abort', leave);
    },
  };
}

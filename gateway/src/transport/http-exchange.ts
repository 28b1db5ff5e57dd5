import type { Dispatcher } from 'undici';
import { httpFault } from './http-fault.ts';

/** An HTTP response, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/**
 * One HTTP request and its whole response. Rejects with a SubgraphFault, or with the reason of `signal` as soon as that
 * aborts, which closes the connection.
 *
 * By undici's `dispatch` and not its `request`: that makes a stream of each body, which costs a fifth of the CPU of a fetch.
 */
export function exchange(dispatcher: Dispatcher, request: Dispatcher.DispatchOptions, signal: AbortSignal | undefined): Promise<HttpAnswer> {
  return new Promise((resolve, reject: (error: Error) => void) => {
    let connection: Dispatcher.DispatchController | undefined;
    let [status, contentType] = [0, ''];
    const chunks: Buffer[] = [];

    const abort = () => {
      const reason = signal?.reason as Error;
      reject(reason);
      connection?.abort(reason);
    };
    if (signal?.aborted) {
      abort();
      return;
    }
    signal?.addEventListener('abort', abort, { once: true });

    dispatcher.dispatch(request, {
      onRequestStart(controller) {
        // It may have waited for a connection longer than somebody for its answer.
        if (signal?.aborted) controller.abort(signal.reason as Error);
        else connection = controller;
      },
      onResponseStart(_, statusCode, headers) {
        status = statusCode;
        contentType = String(headers['content-type'] ?? '');
      },
      onResponseData(_, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        signal?.removeEventListener('abort', abort);
        const [first, ...more] = chunks;
        resolve({ status, contentType, text: first && more.length === 0 ? first.toString() : Buffer.concat(chunks).toString() });
      },
      onResponseError(_, error) {
        signal?.removeEventListener('abort', abort);
        reject(httpFault(error, connection !== undefined));
      },
    });
  });
}

import { annotate, markFailed, withinRequest } from '@forge/telemetry';
import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import { refusalOf } from '../errors/refusal-of.ts';
import { createAccessLog } from './access-log.ts';
import type { GatewayMetrics } from './gateway-metrics.ts';
import { blankNotes, type OperationNotes, type OperationOutcome } from './operation-record.ts';
import { operationSpan } from './spans.ts';

export interface WatchedRequest {
  readonly requestId: string;
  readonly headers: IncomingHttpHeaders;
  /** Aborted when the client goes away. */
  readonly left: AbortSignal;
}

/** Answers one operation, and notes what becomes known of it. */
export type WatchOperation = <T>(request: WatchedRequest, answer: (notes: OperationNotes) => Promise<T>) => Promise<T>;

interface Ending {
  readonly outcome: OperationOutcome;
  readonly status: number;
}

/** Sees each operation from its beginning to its end: in metrics, as a line of the log, and as a trace. */
export function watchOperations(metrics: GatewayMetrics, logger: Logger): WatchOperation {
  const log = createAccessLog(logger);
  return (request, answer) => withinRequest({ requestId: request.requestId }, () => operationSpan(request.headers, async () => {
    const notes = blankNotes();
    const began = performance.now();
    const end = ({ outcome, status }: Ending) => {
      const record = { ...notes, requestId: request.requestId, outcome, status, seconds: (performance.now() - began) / 1000 };
      metrics.operationEnded(record);
      log(record);
      annotate({ 'forge.outcome': outcome, 'forge.cost': notes.cost, 'http.response.status_code': status });
      if (outcome !== 'ok') markFailed(outcome);
    };
    metrics.operationBegan();
    try {
      const answered = await answer(notes);
      end(endOfAnswer(notes, request.left));
      return answered;
    } catch (error) {
      end(endOfError(error, notes, request.left));
      throw error;
    }
  }));
}

function endOfAnswer({ codes, hasData }: OperationNotes, left: AbortSignal): Ending {
  if (left.aborted) return { outcome: 'left', status: 499 };
  if (codes.size === 0) return { outcome: 'ok', status: 200 };
  return { outcome: hasData ? 'partial' : 'failed', status: 200 };
}

function endOfError(error: unknown, { codes }: OperationNotes, left: AbortSignal): Ending {
  const refusal = refusalOf(error);
  for (const { extensions } of refusal?.errors ?? []) if (typeof extensions?.['code'] === 'string') codes.add(extensions['code']);
  if (left.aborted) return { outcome: 'left', status: 499 };
  if (!refusal) return { outcome: 'failed', status: 500 };
  // Without a status it is 400 or 200, as the client's media type wants it.
  return { outcome: codes.has('TIMEOUT') ? 'timeout' : 'refused', status: refusal.status ?? 400 };
}

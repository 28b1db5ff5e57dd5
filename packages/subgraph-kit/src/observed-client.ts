import { currentRequest, isTraced, traced, type SubgraphMetrics } from '@forge/telemetry';
import pg from 'pg';

export interface StatementObservers {
  /** Hears the text of every statement. */
  readonly onSql?: ((text: string) => void) | undefined;
  readonly metrics?: SubgraphMetrics | undefined;
  /** How long a statement may take, in milliseconds, whoever waits for it. */
  readonly statementTimeout: number;
}

/** What pg's clients are asked by, in whichever of a dozen overloads. */
type Query = (statement: string | { readonly text: string }, ...more: unknown[]) => unknown;

/**
 * The class of a pool's clients: every statement of theirs, Prisma's too, is seen in metrics and as a span of its request, and a
 * transaction ends with the patience of whoever waits for it.
 */
export function observedClient({ onSql, metrics, statementTimeout }: StatementObservers): typeof pg.Client {
  return class extends pg.Client {
    override query = ((statement, ...more) => {
      const text = typeof statement === 'string' ? statement : statement.text;
      onSql?.(text);
      const run = () => (pg.Client.prototype.query as Query).call(this, text === 'BEGIN' ? begin(statement, statementTimeout) : statement, ...more);
      const spanned = isTraced() ? () => traced('sql', attributesOf(this, text), run, { kind: 'client' }) : run;
      return metrics ? timed(spanned, metrics) : spanned();
    }) as Query as typeof pg.Client.prototype.query;
  };
}

/**
 * BEGIN, as Prisma says it, with the time that is left as the limit of each statement: what waits behind a lock does not change
 * rows long after the caller was told that it took too long. In the same message, so that it costs nothing.
 */
function begin(statement: string | { readonly text: string }, statementTimeout: number): string | { readonly text: string } {
  const deadline = currentRequest()?.deadline;
  if (deadline === undefined) return statement;
  const left = Math.max(1, Math.min(statementTimeout, Math.floor(deadline - Date.now())));
  const text = `BEGIN; SET LOCAL statement_timeout = ${left}`;
  return typeof statement === 'string' ? text : { ...statement, text };
}

/** OpenTelemetry's semantic conventions for database clients; `text` holds placeholders where the values go. */
function attributesOf({ database }: pg.Client, text: string) {
  return { 'db.system.name': 'postgresql', 'db.namespace': database, 'db.query.text': text, 'forge.subgraph': currentRequest()?.subgraph };
}

function timed(run: () => unknown, metrics: SubgraphMetrics): unknown {
  const began = performance.now();
  const outcome = run();
  // Who asks with a callback, or streams, is not timed.
  if (!(outcome instanceof Promise)) return outcome;
  const took = (what: 'ok' | 'error') => metrics.statement(what, (performance.now() - began) / 1000);
  return outcome.then((result: unknown) => {
    took('ok');
    return result;
  }, (error: unknown) => {
    took('error');
    throw error;
  });
}

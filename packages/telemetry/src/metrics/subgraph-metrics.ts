import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from './registry.ts';

/** What a pool of connections says of itself. */
export interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

export type StatementOutcome = 'ok' | 'error';

export interface OperationRecord {
  readonly type: 'query' | 'mutation';
  /** `error` is an answer with errors in it, `cancelled` one that nobody waited for. */
  readonly outcome: 'ok' | 'error' | 'cancelled';
  readonly seconds: number;
}

/** Takes down what one subgraph does. */
export interface SubgraphMetrics {
  /** Shows the state of its pool whenever metrics are gathered. */
  watchPool(pool: PoolCounts): void;
  operation(record: OperationRecord): void;
  /** How long the database took for one statement, the wait for a connection not included. */
  statement(outcome: StatementOutcome, seconds: number): void;
}

const pools = {
  total: ['totalCount', 'Connections to the database that are open.'],
  idle: ['idleCount', 'Of those, how many nobody uses.'],
  waiting: ['waitingCount', 'Statements that wait for a connection.'],
} as const;

/** The metrics of the subgraphs of a process, for each by its name. To be made once for a registry. */
export function subgraphMetrics(registry: Registry): (subgraph: string) => SubgraphMetrics {
  const registers = [registry];
  const watched = new Map<string, PoolCounts>();
  for (const [state, [count, help]] of Object.entries(pools)) {
    new Gauge({
      name: `forge_subgraph_pool_${state}`, help, labelNames: ['subgraph'], registers,
      collect() {
        for (const [subgraph, pool] of watched) this.set({ subgraph }, pool[count]);
      },
    });
  }
  const operations = new Counter({ name: 'forge_subgraph_operations_total', help: 'Operations that were answered.', labelNames: ['subgraph', 'type', 'outcome'], registers });
  const operationSeconds = new Histogram({
    name: 'forge_subgraph_operation_seconds', help: 'How long operations took.', labelNames: ['subgraph', 'type'], registers,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });
  const statementSeconds = new Histogram({
    name: 'forge_subgraph_statement_seconds', help: 'How long the database took for a statement.', labelNames: ['subgraph', 'outcome'], registers,
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30],
  });

  return (subgraph) => ({
    watchPool: (pool) => void watched.set(subgraph, pool),
    operation({ type, outcome, seconds }) {
      operations.inc({ subgraph, type, outcome });
      operationSeconds.observe({ subgraph, type }, seconds);
    },
    statement: (outcome, seconds) => statementSeconds.observe({ subgraph, outcome }, seconds),
  });
}

import type { Logger } from 'pino';
import type { Road } from '../transport/roads.ts';

interface State {
  readonly status: 'ok' | 'unavailable';
}

export interface Readiness extends State {
  readonly subgraphs: Readonly<Record<string, State>>;
}

/**
 * Asks every subgraph whether it can answer, each within `timeoutMilliseconds`. Callers at the same moment share one
 * round, so that probing costs the subgraphs no more for being done often.
 */
export function readinessCheck(roads: () => ReadonlyMap<string, Road>, logger: Logger, timeoutMilliseconds: number): () => Promise<Readiness> {
  let round: Promise<Readiness> | undefined;
  return () => (round ??= ask().finally(() => { round = undefined; }));

  async function ask(): Promise<Readiness> {
    const states = await Promise.all([...roads()].map(async ([subgraph, road]): Promise<[string, State]> => {
      try {
        await road.health(AbortSignal.timeout(timeoutMilliseconds));
        return [subgraph, { status: 'ok' }];
      } catch (error) {
        logger.warn({ err: error, subgraph }, 'a subgraph is not ready');
        return [subgraph, { status: 'unavailable' }];
      }
    }));
    const status = states.every(([, state]) => state.status === 'ok') ? 'ok' : 'unavailable';
    return { status, subgraphs: Object.fromEntries(states) };
  }
}
